;;; mcp-lsp.el --- check MCP servers while writing them, with Eglot or lsp-mode  -*- lexical-binding: t -*-

;; Needs Emacs 29 (Eglot is built in) and `mcp-lsp' on PATH.  Then: (load "/path/to/editors/emacs/mcp-lsp.el"), and
;; M-x eglot in a buffer, or (add-hook 'python-base-mode-hook #'eglot-ensure).  With lsp-mode: M-x lsp, where mcp-lsp
;; stands beside pyright, ruff or ts-ls.

;;; Code:

(defconst mcp-lsp-modes
  '(python-mode python-ts-mode js-mode js-ts-mode typescript-mode typescript-ts-mode tsx-ts-mode)
  "Modes of the languages in which MCP servers are written.")

(defconst mcp-lsp-papers
  (concat "/\\(?:\\(?:package\\|manifest\\|server\\)\\.json\\|pyproject\\.toml\\|[^/]*requirements[^/]*\\.\\(?:txt\\|in\\)"
          "\\|\\(?:uv\\|poetry\\|pdm\\|yarn\\|bun\\|Pipfile\\)\\.lock\\|pylock[^/]*\\.toml\\|pnpm-lock\\.yaml"
          "\\|\\(?:package-lock\\|npm-shrinkwrap\\)\\.json\\|cline_mcp_settings\\.json\\|[^/]*\\.mcp-session\\.jsonl"
          "\\|\\(?:Docker\\|Container\\)file[^/]*\\|[^/]*\\.dockerfile\\|\\.?mcp\\.json\\|[^/]*\\.tools\\.json"
          "\\|mcp[-_]?\\(?:config\\|settings\\|servers\\)\\.json\\|claude_desktop_config[^/]*\\.json"
          "\\|\\(?:SKILL\\|AGENTS?\\|CLAUDE\\|GEMINI\\|copilot-instructions\\)\\.md\\|[^/]*\\.mdc\\|[^/]*prompt[^/]*\\.md"
          "\\|\\.github/workflows/[^/]+\\.ya?ml\\)\\'")
  "Names of manifests, build files, clients' lists of servers and prompts, which are read as well.")

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs `(,mcp-lsp-modes . ("mcp-lsp" "lsp"))))

;; Eglot asks ONE server per buffer, so this entry takes the place of pyright, ruff or typescript-language-server.
;; To keep those, leave the entry out and start mcp-lsp where it is wanted: C-u M-x eglot RET mcp-lsp lsp RET.

(defun mcp-lsp-ensure-paper ()
  "Have the file of this buffer checked with Eglot, if it is one of `mcp-lsp-papers'.
For `find-file-hook'; other servers of such buffers are left alone, because Eglot asks one server per buffer."
  (when (and buffer-file-name (string-match-p mcp-lsp-papers buffer-file-name))
    (require 'eglot)
    (setq-local eglot-server-programs `((,major-mode . ("mcp-lsp" "lsp"))))
    (eglot-ensure)))

;; (add-hook 'find-file-hook #'mcp-lsp-ensure-paper)

;; Settings for one project, in .dir-locals.el (those of mcp-lsp.toml, under the same names):
;;   ((nil . ((eglot-workspace-configuration . (:mcp-lsp (:ignore ["parameter-without-description"]))))))

(with-eval-after-load 'lsp-mode
  (with-suppressed-warnings ((free-vars lsp-language-id-configuration))
    (dolist (paper `((,mcp-lsp-papers . "mcp")))
      (add-to-list 'lsp-language-id-configuration paper t)))
  (when (and (fboundp 'lsp-register-client) (fboundp 'make-lsp-client) (fboundp 'lsp-stdio-connection))
    (funcall #'lsp-register-client
             (funcall #'make-lsp-client
                      :new-connection (funcall #'lsp-stdio-connection '("mcp-lsp" "lsp"))
                      :activation-fn (lambda (file mode)
                                       (or (memq mode mcp-lsp-modes) (and file (string-match-p mcp-lsp-papers file))))
                      :add-on? t
                      :server-id 'mcp-lsp))))

(provide 'mcp-lsp)
;;; mcp-lsp.el ends here
