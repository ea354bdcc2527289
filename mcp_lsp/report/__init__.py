"""What a run found, written for people (`text`), programs (`json`), code scanners (`sarif`) and GitHub (`github`)."""
