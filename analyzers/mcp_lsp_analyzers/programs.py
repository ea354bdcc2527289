# ruff: noqa: E501, SIM905  (names are easier to read and to extend as words)
"""Programs that take commands, code, other programs or options that matter: what their arguments can do."""

from __future__ import annotations

from .pattern import pattern

SHELLS = frozenset("sh bash zsh dash ash ksh fish cmd cmd.exe powershell powershell.exe pwsh pwsh.exe busybox".split())
"""Programs that read a command line from the argument behind ``-c`` and the like."""

COMMAND_OPTIONS = frozenset("-c -lc -ic -ec -exc -xc -euc /c /C /k -Command -command -EncodedCommand".split())

INTERPRETERS = {
    "python": ("-c",), "python2": ("-c",), "python3": ("-c",), "node": ("-e", "--eval", "-p", "--print"),
    "perl": ("-e", "-E"), "ruby": ("-e",), "php": ("-r",), "osascript": ("-e",), "deno": ("eval",), "bun": ("-e",),
    "Rscript": ("-e",), "lua": ("-e",), "R": ("-e",), "psql": (), "ts-node": ("-e",),
}  # fmt: skip
"""Programs that run the argument behind one of these options as code."""


SHELLS_ELSEWHERE = {
    "adb": ("shell", "exec-out", "exec-in"), "hdc": ("shell",), "ssh": ("",), "plink": ("",)
}  # fmt: skip
"""Programs that hand the words behind one of these to a shell of another machine, as one line; "": behind the first
word that is no option."""

VALUED = {
    program: frozenset(options.split()) for program, options in {
        "git": "--git-dir --work-tree --namespace --branch --message --author --date --initial-branch --template --depth "
               "--origin --reference --since --until --after --before --grep --max-count --skip --onto --strategy "
               "--strategy-option --file --max-parents --committer --reuse-message --reedit-message --fixup --trailer "
               "--source --server-option --jobs --shallow-since --separate-git-dir",
        "curl": "-o -X -H -d -u -A -e -F -T -b -c -m -w -x -Y -y -z -r -Q -P -U -D -C -t -E --data-raw --data-binary "
                "--request --max-time --connect-timeout --max-filesize --retry --write-out --form --user --cookie --range",
        "wget": "-O -o -a -i -e -t -T -w -Q -P -U",
        "ssh": "-b -B -c -E -e -i -L -l -m -p -Q -R -W -w",
        "plink": "-P -l -pw -pwfile -i -hostkey",
        "scp": "-c -i -l -P",
        "dbt": "--inline --selector --vars --args --target --profile --project-dir --profiles-dir --threads --sample --limit",
        "adb": "-s -t -H -P -L", "hdc": "-t -s",
        "docker": "-e -w -u -p -l --name --network --entrypoint --env --workdir --user --label --volume --mount --memory --cpus",
        "kubectl": "-n -l -o -c --namespace --context --selector --container --output", "oc": "-n -l -o -c",
        "helm": "-n --namespace --version --repo --kube-context",
        "gh": "-R -t -b -l -a -B -H -L -F -q -X --repo --title --body --label --assignee --base --head --limit --jq",
        "ffmpeg": "-i -ss -t -to -vf -af -filter_complex -r -s -c -c:v -c:a -b:v -b:a -crf -preset -map -f -frames:v -q:v",
        "ffprobe": "-i -v -of -show_entries -select_streams",
        "tar": "-f -C --file --directory --exclude", "zip": "-x -i",
        "psql": "-c -f -d -h -U -p -v -o", "mysql": "-e -h -u -P -D",
        "rg": "-e -f -g -t -T -A -B -C -m -j -r -M --glob --type --regexp --max-count --max-depth --context",
        "grep": "-e -f -A -B -C -m", "find": "-name -iname -path -ipath -regex -iregex -type -maxdepth -mindepth -size "
        "-mtime -mmin -newer -user -group -perm",
        "nmap": "-p -oN -oX -oG -oA -iL -e -S -D -g --top-ports --max-rate --host-timeout",
        "tshark": "-i -r -w -Y -f -T -e -c -a -b -o -F -E -z -d", "tcpdump": "-i -r -w -c -s -G -W -C",
        "yt-dlp": "-o -f -P --output --format --sub-lang --sub-langs --cookies --proxy",
        "pandoc": "-f -t -o -V -M --from --to --output --template", "openssl": "-in -out -keyout -subj -days",
        "az": "-g -n --name --resource-group --subscription", "aws": "--profile --region --output --query",
        "gcloud": "--project --region --zone --format", "terraform": "-var -var-file",
        "semgrep": "--config --output --severity --lang",
    }.items()
}  # fmt: skip
"""Options that take the next word as their value whatever it begins with, in every command of these programs."""

SPELLED_OUT = frozenset("go terraform packer vault nomad consul".split())
"""Programs whose options have their value behind ``=`` or in the next word, never in the same one."""

STARTERS = {
    **dict.fromkeys(("python", "python2", "python3", "node", "bun", "deno", "ruby", "perl", "php", "ts-node", "tsx", "bash",
                     "sh", "sudo", "env", "nohup", "npx", "uvx", "pipx", "bunx", "poetry", "osascript"), ("run", "x", "exec")),
    "uv": ("run", "tool", "x"), "npm": ("exec", "x"), "pnpm": ("exec", "dlx"), "yarn": ("dlx",),
}  # fmt: skip
"""Programs that start another one, which the words behind its name belong to; with words that may stand before it."""

STEERED = frozenset(
    "git hg svn gh glab curl wget aria2c tar zip unzip 7z find fd rg grep sed awk gawk ssh scp sftp rsync kubectl helm "
    "kustomize oc docker podman nerdctl docker-compose terraform ansible ansible-playbook gcloud az aws npm npx pnpm yarn "
    "pip pip3 uv uvx poetry cargo go make mvn gradle yt-dlp youtube-dl ffmpeg pandoc convert magick soffice libreoffice "
    "psql mysql sqlite3 mongosh redis-cli nmap sqlmap nuclei tcpdump tshark openssl gpg env sudo xargs man less vim node "
    "python python3 perl ruby php bash sh systemctl journalctl wkhtmltopdf chromium google-chrome code dig nc ncat "
    "socat osascript open xdg-open sort tee split semgrep oci openstack ibmcloud doctl hcloud flyctl argocd vault packer "
    "vagrant bq gsutil pg_dump pg_restore mysqldump mongodump sqlcmd hashcat john hydra ffuf gobuster amass subfinder "
    "masscan nikto msfvenom gdb lldb r2 radare2 rizin exiftool gs inkscape blender pdflatex xelatex lualatex latexmk dot "
    "jupyter papermill pytest gcc g++ clang cmake java javac dotnet bundle gem composer brew apt apt-get yum dnf crontab "
    "tmux screen expect jq yq xsltproc mutt sendmail dbt trivy checkov eslint prettier jest mocha rspec pylint".split()
)
"""Programs some option of which runs something, writes a file, or talks to a server of the option's choice."""


def program_name(command: str) -> str:
    """The name by which a command starts a program, without folders and what Windows puts behind it."""
    return _ENDING.sub("", command.replace("\\", "/").rpartition("/")[2].lower())


_ENDING = pattern(r"\.(?:exe|cmd|bat)$")

__all__ = [
    "COMMAND_OPTIONS", "INTERPRETERS", "SHELLS", "SHELLS_ELSEWHERE", "SPELLED_OUT", "STARTERS", "STEERED", "VALUED",
    "program_name",
]  # fmt: skip
