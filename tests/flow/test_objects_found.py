"""Which object a name stands for, where its class only says so: fields, single instances, options not given."""

from __future__ import annotations

import pytest

from tests.flow.stories import PYTHON, check, handlers


def test_a_single_instance_and_a_field_that_is_only_declared() -> None:
    check(
        """
        import fs from "fs";
        import { z } from "zod";

        class Files {
          private static instance: Files;

          static getInstance(): Files {
            if (!Files.instance) {
              Files.instance = new Files();
            }
            return Files.instance;
          }

          read(path: string) {
            return fs.readFileSync(path, "utf8");
            //                     ^^^^ path → path-read
          }
        }

        class Desk {
          private files: Files;

          constructor(files: Files) {
            this.files = files;
          }

          look(path: string) {
            return this.files.read(path);
          }
        }

        const desk = new Desk(Files.getInstance());

        server.tool("read", { path: z.string() }, async ({ path }) => {
          return { content: [{ type: "text", text: desk.look(path) }] };
        });
        """,
        "typescript",
    )


def test_what_a_function_says_that_it_gives() -> None:
    check(
        """
        import subprocess
        from lib import registry

        class Runner:
            def run(self, command: str) -> None:
                subprocess.run(command, shell=True)
                #              ^^^^^^^ command → shell

        def runner() -> Runner:
            return registry.find("runner")

        @mcp.tool()
        def f(command: str) -> None:
            runner().run(command)
        """
    )


def test_an_option_that_is_not_given_is_not_set() -> None:
    check(
        """
        import fs from "fs";
        import path from "path";
        import { z } from "zod";

        function normal(input: string, options: { root?: string; posix?: boolean } = {}): string {
          if (options.root) {
            return path.join(options.root, input);
          }
          return input;
        }

        server.tool("read", { file: z.string() }, async ({ file }) => {
          fs.readFileSync(normal(file, { posix: true }));
          //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ file → path-read
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_a_condition_is_part_of_a_statement_whatever_stands_before() -> None:
    check(
        """
        import { z } from "zod";
        import base from "./tables.sql";
        import { database } from "./database.js";

        server.tool("tables", { schemas: z.array(z.string()), project: z.string() }, async ({ schemas, project }) => {
          const sql = `${base} where schema in (${schemas.map((s) => `'${s}'`).join(",")})`;
          await database.executeSql(project, { query: sql, readOnly: true });
          //                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ schemas → sql
          await database.note(project, { query: sql });
          return { content: [] };
        });
        """,
        "typescript",
        {"database.ts": "export const database = connect();\n"},
    )


def test_what_is_found_out_about_the_path_of_an_address() -> None:
    check(
        """
        import { z } from "zod";

        const API = "https://api.example.com/v4";

        server.tool("bot", { slug: z.string(), other: z.string() }, async ({ slug, other }) => {
          await fetch(new URL(`${API}/bots/${other}`));
          //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ other → url
          const url = new URL(`${API}/bots/${slug}`);
          if (!url.pathname.startsWith("/v4/bots/")) {
            throw new Error("not a bot");
          }
          await fetch(url.toString());
          //          ^^^^^^^^^^^^^^ slug → url / confined
          return { content: [] };
        });
        """,
        "typescript",
    )


@pytest.mark.parametrize(
    "method",
    ["@abstractmethod\n    def read(self, path): ...", "def read(self, path):\n        raise NotImplementedError"],
)
def test_an_abstract_method_means_those_of_the_classes_made_of_it(method: str) -> None:
    base = f"from abc import ABC, abstractmethod\n\n\nclass Store(ABC):\n    {method}\n"
    disk = (
        "from base import Store\n\n\nclass Disk(Store):\n    def read(self, path):\n        return open(path).read()\n"
    )
    text = (
        f"{PYTHON}from base import Store\n\n\ndef store() -> Store:\n    return KNOWN['disk']\n\n\n"
        "@mcp.tool()\ndef read(path: str) -> str:\n    return store().read(path)\n"
    )
    (handler,) = handlers(text, others={"base.py": base, "disk.py": disk})
    assert [one.sink.kind for one in handler.flows] == ["path-read"]


def test_a_method_of_an_object_that_is_written_out_is_called_on_that_object() -> None:
    check(
        """
        import { exec } from "child_process";
        import { z } from "zod";

        const desk = {
          tool: "finger",
          look(name: string) {
            exec(this.line(name));
            //   ^^^^^^^^^^^^^^^ name → shell
            const later = () => exec(this.line(name));
            //                       ^^^^^^^^^^^^^^^ name → shell
            later();
          },
          line(name: string) {
            return `${this.tool} ${name}`;
          },
          plain: () => "uptime",
          ask() {
            exec(this.plain());
          },
        };

        server.tool("look", { name: z.string() }, async ({ name }) => {
          desk.look(name);
          desk.ask();
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_an_arrow_in_an_object_is_about_what_is_around_it() -> None:
    check(
        """
        import { exec } from "child_process";
        import { z } from "zod";

        class Desk {
          line(name: string) {
            return `finger ${name}`;
          }

          tables() {
            return {
              look: (name: string) => exec(this.line(name)),
              //                           ^^^^^^^^^^^^^^^ name → shell
              line: (name: string) => "finger",
            };
          }
        }

        server.tool("look", { name: z.string() }, async ({ name }) => {
          new Desk().tables().look(name);
          return { content: [] };
        });
        """,
        "typescript",
    )
