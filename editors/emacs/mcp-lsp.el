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

;;; What can be ordered: M-x mcp-lsp-call, mcp-lsp-scan, mcp-lsp-check; the same with Eglot and lsp-mode.

(declare-function eglot-current-server "eglot")
(declare-function eglot-path-to-uri "eglot")
(declare-function eglot--signal-textDocument/didChange "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp-find-workspace "lsp-mode")
(declare-function lsp-request "lsp-mode")
(declare-function lsp--buffer-uri "lsp-mode")
(defvar lsp--cur-workspace)

(defun mcp-lsp--with-eglot ()
  "The Eglot server of this buffer, if any."
  (and (fboundp 'eglot-current-server) (bound-and-true-p eglot--managed-mode) (eglot-current-server)))

(defun mcp-lsp--uri ()
  "How the server knows the file of this buffer."
  (if (mcp-lsp--with-eglot)
      (if (fboundp 'eglot-path-to-uri) (eglot-path-to-uri buffer-file-name) (concat "file://" buffer-file-name))
    (lsp--buffer-uri)))

(defun mcp-lsp--order (command given)
  "Have the server carry out COMMAND with GIVEN, a plist, and return its answer as an alist."
  (let* ((params (list :command (concat "mcp-lsp." command) :arguments (vector given)))
         (eglot (mcp-lsp--with-eglot))
         (lsp--cur-workspace (and (not eglot) (fboundp 'lsp-find-workspace) (lsp-find-workspace 'mcp-lsp))))
    (unless (or eglot lsp--cur-workspace) (user-error "The server of mcp-lsp does not run for this buffer"))
    (mcp-lsp--alist (if eglot
                        (jsonrpc-request eglot :workspace/executeCommand params :timeout 300)
                      (lsp-request "workspace/executeCommand" params)))))

(defun mcp-lsp--alist (told)
  "TOLD, in which objects are plists or hash tables, with alists instead."
  (cond ((hash-table-p told)
         (let (found)
           (maphash (lambda (key value) (push (cons (intern key) (mcp-lsp--alist value)) found)) told)
           (nreverse found)))
        ((and (consp told) (keywordp (car told)))
         (let (found)
           (while told
             (push (cons (intern (substring (symbol-name (pop told)) 1)) (mcp-lsp--alist (pop told))) found))
           (nreverse found)))
        ((vectorp told) (mapcar #'mcp-lsp--alist told))
        ((consp told) (mapcar #'mcp-lsp--alist told))
        (t told)))

(defun mcp-lsp--tools ()
  "The names of the tools in the file of this buffer."
  (let ((uri (mcp-lsp--uri)) found)
    (dolist (server (mcp-lsp--order "servers" nil) (nreverse found))
      (when (equal (alist-get 'uri server) uri)
        (dolist (item (alist-get 'items server))
          (when (equal (alist-get 'kind item) "tool") (push (alist-get 'name item) found)))))))

(defun mcp-lsp--arguments (tool)
  "Ask for each argument of TOOL; an empty answer leaves out one that is not required."
  (let* ((form (mcp-lsp--order "tool" (list :uri (mcp-lsp--uri) :tool tool)))
         (schema (alist-get 'inputSchema form))
         (required (alist-get 'required schema))
         (given (make-hash-table :test #'equal)))
    (pcase-dolist (`(,name . ,property) (alist-get 'properties schema) given)
      (let* ((type (alist-get 'type property))
             (needed (member (symbol-name name) required))
             (example (and needed (alist-get name (alist-get 'example form))))
             (written (read-string (format "%s%s (%s): " name (if needed " *" "") (or type "JSON"))
                                   (and example (if (stringp example) example (json-serialize example))))))
        (cond ((and (equal written "") (not (and needed (equal type "string"))))
               (when needed (user-error "%s is required" name)))
              ((equal type "string") (puthash (symbol-name name) written given))
              (t (puthash (symbol-name name) (json-parse-string written :null-object :null :false-object :json-false)
                          given)))))))

(defun mcp-lsp--json (value)
  "VALUE, in which objects are alists, as indented JSON."
  (with-temp-buffer
    (require 'json)
    (insert (json-encode value))
    (json-pretty-print-buffer)
    (buffer-string)))

(defun mcp-lsp-call (tool arguments)
  "Call TOOL of the server in this file with ARGUMENTS, a hash table, and show what it answers.
The server is started for that, after a question that says exactly what is run."
  (interactive
   (let ((tool (completing-read "Tool: " (mcp-lsp--tools) nil t)))
     (list tool (mcp-lsp--arguments tool))))
  (when (buffer-modified-p) (save-buffer))
  (let* ((told (mcp-lsp--order "call" (list :uri (mcp-lsp--uri) :tool tool :arguments arguments)))
         (result (or (alist-get 'result told) (alist-get 'error told))))
    (with-current-buffer (get-buffer-create "*mcp-lsp answer*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (mcp-lsp--json result))
        (special-mode))
      (display-buffer (current-buffer)))
    (message "%s answered after %s ms" tool (alist-get 'milliseconds told))))

(defun mcp-lsp-scan ()
  "Start the server of this file, after a question, ask it everything, and show what is wrong with it in its source."
  (interactive)
  (message "%d findings" (length (alist-get 'diagnostics (mcp-lsp--order "scan" (list :uri (mcp-lsp--uri)))))))

(defun mcp-lsp-check ()
  "Count what is found in all files of the project."
  (interactive)
  (let ((told (mcp-lsp--order "check" nil)))
    (message "%d findings in %d files" (apply #'+ (mapcar #'cdr (alist-get 'found told))) (alist-get 'files told))))

(provide 'mcp-lsp)
;;; mcp-lsp.el ends here
