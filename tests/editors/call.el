;;; call.el --- a tool is called from Emacs, with Eglot or lsp-mode, told as JSON lines  -*- lexical-binding: t -*-

;; emacs --batch -Q -l call.el MCP-LSP.EL FILE OUT; MCP_LSP_LSP_MODE names the folders of lsp-mode, "" for Eglot.
;; Opens FILE, gives `mcp-lsp-call' the arguments it asks for and a yes to the question, and tells what it shows.

(setq native-comp-enable-subr-trampolines nil native-comp-jit-compilation nil)
(require 'json)
(dolist (folder (parse-colon-path (or (getenv "MCP_LSP_LSP_MODE") ""))) (when folder (add-to-list 'load-path folder)))
(defvar my-lsp-mode (locate-library "lsp-mode"))
(if my-lsp-mode
    (dolist (part '(lsp-mode lsp-diagnostics lsp-lens lsp-headerline lsp-modeline lsp-completion)) (require part))
  (require 'eglot))

(defvar my-out nil)
(defvar my-asked nil "What was asked, newest first.")

(defun my-tell (step &rest facts)
  (let ((coding-system-for-write 'utf-8-unix)
        (line (decode-coding-string (json-serialize `(:step ,step ,@facts)) 'utf-8)))
    (write-region (concat line "\n") nil my-out t 'quiet)))

(defun my-wait (what condition)
  (let ((patience (+ (float-time) 60)))
    (while (not (funcall condition))
      (when (> (float-time) patience)
        (my-tell "gave up" :waiting_for what)
        (kill-emacs 1))
      (accept-process-output nil 0.05))))

(defun my-answer (prompt &rest _)
  (push (substring-no-properties prompt) my-asked)
  (cond ((string-prefix-p "Tool: " prompt) "greet")
        ((string-prefix-p "name" prompt) "Ada")
        ((string-prefix-p "times" prompt) "2")
        (t "Start it")))

(pcase-let ((`(,configuration ,file ,out) command-line-args-left))
  (setq command-line-args-left nil
        my-out out
        eglot-sync-connect 20
        lsp-auto-guess-root t
        lsp-response-timeout 60
        lsp-enable-snippet nil
        lsp-enable-file-watchers nil
        lsp-enable-suggest-server-download nil
        lsp-restart 'ignore
        lsp-session-file (expand-file-name "session" (file-name-directory out)))
  (load configuration nil t)
  (setq lsp-enabled-clients '(mcp-lsp))
  (find-file file)
  (python-mode)
  (if (not my-lsp-mode)
      (apply #'eglot (eglot--guess-contact))
    (lsp-workspace-folders-add (file-name-directory file))
    (lsp)
    (my-wait "the server" (lambda () (and (lsp-workspaces) (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))))
  (cl-letf (((symbol-function 'completing-read) #'my-answer)
            ((symbol-function 'read-string) #'my-answer))
    (call-interactively #'mcp-lsp-call))
  (my-tell "called"
           :asked (vconcat (reverse my-asked))
           :answer (with-current-buffer "*mcp-lsp answer*" (buffer-string))
           :said (or (current-message) ""))
  (kill-emacs 0))
