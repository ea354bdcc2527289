# ruff: noqa: E501, SIM905  (names are easier to read and to extend as words)
"""Programs that take commands, code, other programs or options that matter: what their arguments can do."""

from __future__ import annotations

SHELLS = frozenset("sh bash zsh dash ash ksh fish cmd cmd.exe powershell powershell.exe pwsh pwsh.exe busybox".split())
"""Programs that read a command line from the argument behind ``-c`` and the like."""

COMMAND_OPTIONS = frozenset("-c -lc -ic -ec -exc -xc -euc /c /C /k -Command -command -EncodedCommand".split())

INTERPRETERS = {
    "python": ("-c",), "python2": ("-c",), "python3": ("-c",), "node": ("-e", "--eval", "-p", "--print"),
    "perl": ("-e", "-E"), "ruby": ("-e",), "php": ("-r",), "osascript": ("-e",), "deno": ("eval",), "bun": ("-e",),
    "Rscript": ("-e",), "lua": ("-e",), "R": ("-e",), "psql": (), "ts-node": ("-e",),
}  # fmt: skip
"""Programs that run the argument behind one of these options as code."""


STARTERS = {
    **dict.fromkeys(("python", "python2", "python3", "node", "bun", "deno", "ruby", "perl", "php", "ts-node", "tsx", "bash",
                     "sh", "sudo", "env", "nohup", "npx", "uvx", "pipx", "bunx", "poetry"), ("run", "x", "exec")),
    "uv": ("run", "tool", "x"), "npm": ("exec", "x"), "pnpm": ("exec", "dlx"), "yarn": ("dlx",),
}  # fmt: skip
"""Programs that start another one, which the words behind its name belong to; with words that may stand before it."""

STEERED = frozenset(
    "git hg svn gh glab curl wget aria2c tar zip unzip 7z find fd rg grep sed awk gawk ssh scp sftp rsync kubectl helm "
    "kustomize oc docker podman nerdctl docker-compose terraform ansible ansible-playbook gcloud az aws npm npx pnpm yarn "
    "pip pip3 uv uvx poetry cargo go make mvn gradle yt-dlp youtube-dl ffmpeg pandoc convert magick soffice libreoffice "
    "psql mysql sqlite3 mongosh redis-cli nmap sqlmap nuclei tcpdump tshark openssl gpg env sudo xargs man less vim node "
    "python python3 perl ruby php bash sh systemctl journalctl adb wkhtmltopdf chromium google-chrome code dig nc ncat "
    "socat osascript open xdg-open sort tee split semgrep oci openstack ibmcloud doctl hcloud flyctl argocd vault packer "
    "vagrant bq gsutil pg_dump pg_restore mysqldump mongodump sqlcmd hashcat john hydra ffuf gobuster amass subfinder "
    "masscan nikto msfvenom gdb lldb r2 radare2 rizin exiftool gs inkscape blender pdflatex xelatex lualatex latexmk dot "
    "jupyter papermill pytest gcc g++ clang cmake java javac dotnet bundle gem composer brew apt apt-get yum dnf crontab "
    "tmux screen expect jq yq xsltproc mutt sendmail".split()
)
"""Programs some option of which runs something, writes a file, or talks to a server of the option's choice."""

__all__ = ["COMMAND_OPTIONS", "INTERPRETERS", "SHELLS", "STARTERS", "STEERED"]
