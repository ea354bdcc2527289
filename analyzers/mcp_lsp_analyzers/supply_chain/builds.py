"""Images and actions that are named by something that moves: ``latest``, a branch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rule import FileExample, Finding, Severity, rule
from ..supply import Action, Image


@rule(
    "MCP606",
    severity=Severity.WARNING,
    references=("CWE-1357", "CWE-829", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1002",
                "CoSAI MCP-T11", "MCTS-T-1014"),
    files=(
        FileExample(
            "Dockerfile",
            bad='''
            FROM node:latest AS build
            #    ^^^^^^^^^^^ `node:latest` is another image with every release
            FROM nginx
            #    ^^^^^ `nginx` is another image with every release
            COPY --from=build /app /app
            ''',
            good='''
            ARG NODE=22.11-alpine
            FROM node:${NODE}@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS build
            FROM registry.example.com/tools:{{ template.version }} AS tools
            FROM scratch
            COPY --from=build /app /app
            COPY --from=tools /bin /bin
            COPY --from=chunks /data /data
            ''',
        ),
    ),
)  # fmt: skip
def image_that_moves(image: Image) -> Iterator[Finding]:
    """An image is built upon another that is not named by version.

    `latest`, and no tag at all, mean whatever was pushed last: a build of next week has another system and another
    language version than the one that was tested, and whoever can push to the base can change the server.

    Name a version, better a digest (`node:22.11-alpine@sha256:…`), and let a bot raise it. That a version has no digest
    is information only.
    """
    value = image.reference.value
    name, at, _ = value.partition("@")
    if at or not image.reference.complete:
        return
    tag = name.rpartition("/")[2].partition(":")[2]
    if "/" not in name and name == value and ":" not in name and name not in _OFFICIAL:
        return  # nobody publishes under such a name: it is a context that the build is given
    place = image.reference.at(0, len(value))
    if tag in ("", "latest"):
        yield Finding(place, f"`{value}` is another image with every release")
    elif not re.search(r"\d", tag):
        yield Finding(place, f"`{value}` is another image with every release", severity=Severity.INFORMATION)
    # A version without a digest is what nearly every Dockerfile has: nothing is said of it.


_OFFICIAL = frozenset(
    """
    adminer aerospike almalinux alpine amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash bonita
    buildpack-deps busybox caddy cassandra centos chronograf cirros clearlinux clefos clickhouse clojure composer
    consul convertigo couchbase couchdb crate dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop
    elasticsearch elixir emqx erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy
    haproxy haskell haxe hello-world hitch httpd hylang ibm-semeru-runtimes ibmjava influxdb irssi java jetty joomla
    jruby julia kapacitor kibana kong krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki
    memcached mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary
    odoo open-liberty openjdk opensuse oraclelinux orientdb percona perl photon php phpmyadmin plone postfixadmin
    postgres pypy python r-base rabbitmq rakudo-star redis redmine registry rethinkdb rocket.chat rockylinux ros ruby
    rust sapmachine satosa scratch silverpeas solr sonarqube spark spiped storm swift swipl teamspeak telegraf tomcat
    tomee traefik ubuntu unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper
    """.split()  # noqa: SIM905
)
"""The images of Docker Hub that are called by one word."""


@rule(
    "MCP607",
    severity=Severity.INFORMATION,
    references=("CWE-829", "CWE-1357", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1002",
                "CoSAI MCP-T11"),
    files=(
        FileExample(
            ".github/workflows/ci.yml",
            bad='''
            jobs:
              test:
                steps:
                  - uses: someone/setup-thing@main
            #             ^^^^^^^^^^^^^^^^^^^^^^^^ `someone/setup-thing` runs whatever `main` is at the time
                  - uses: someone/other@v2
            #             ^^^^^^^^^^^^^^^^ `someone/other` runs whatever `v2` is at the time
            ''',
            good='''
            jobs:
              test:
                steps:
                  - uses: actions/checkout@v5
                  - uses: ./.github/actions/own
                  - uses: someone/setup-thing@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v2.1.0
            ''',
        ),
    ),
)  # fmt: skip
def action_without_a_commit(action: Action) -> Iterator[Finding]:
    """A workflow runs somebody else's action by a tag or a branch.

    Tags can be moved. Whoever takes an action's repository over runs in every workflow that names it by tag, with the
    workflow's secrets: among them the token the package is published with.

    Name the commit, with the version in a comment; bots raise both. Actions of GitHub's own organisations are not
    reported.
    """
    name, _, reference = action.reference.value.partition("@")
    if name.partition("/")[0] in ("actions", "github") or re.fullmatch("[0-9a-f]{40,64}", reference):
        return
    if reference and "$" not in reference:
        yield Finding(
            action.reference.at(0, len(action.reference.value)),
            f"`{name}` runs whatever `{reference}` is at the time",
        )
