;;; mcp-lsp.el --- check MCP servers while writing them, with Eglot  -*- lexical-binding: t -*-

;; Needs Emacs 29 (Eglot is built in) and `mcp-lsp' on PATH.  Then: (load "/path/to/editors/emacs/mcp-lsp.el"), and
;; M-x eglot in a buffer, or (add-hook 'python-base-mode-hook #'eglot-ensure).

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs
             '((python-mode python-ts-mode js-mode js-ts-mode typescript-mode typescript-ts-mode tsx-ts-mode)
               . ("mcp-lsp" "lsp")))

;; Eglot asks ONE server per buffer, so this entry takes the place of pyright, ruff or typescript-language-server.
;; To keep those, leave the entry out and start mcp-lsp where it is wanted: C-u M-x eglot RET mcp-lsp lsp RET.

;; Settings for one project, in .dir-locals.el (those of mcp-lsp.toml, under the same names):
;;   ((nil . ((eglot-workspace-configuration . (:mcp-lsp (:ignore ["parameter-without-description"]))))))

(provide 'mcp-lsp)
;;; mcp-lsp.el ends here
