;;; session-lsp-mode.el --- one sitting in a real Emacs with lsp-mode, told as JSON lines  -*- lexical-binding: t -*-

;; emacs --batch -Q -l session-lsp-mode.el MCP-LSP.EL FILE OUT, with the folders of lsp-mode and what it needs in the
;; variable MCP_LSP_LSP_MODE.  Opens FILE, waits for the diagnostics, applies the first preferred quick fix, and stops.

;; No native compilation: it needs a linker that may not be there.
(setq native-comp-enable-subr-trampolines nil native-comp-jit-compilation nil)
(require 'json)
(require 'seq)
(dolist (folder (parse-colon-path (getenv "MCP_LSP_LSP_MODE"))) (add-to-list 'load-path folder))
(dolist (part '(lsp-mode lsp-diagnostics lsp-lens lsp-headerline lsp-modeline lsp-completion)) (require part))

(defvar my-out nil)

(defun my-tell (step &rest facts)
  (let ((coding-system-for-write 'utf-8-unix)
        (line (decode-coding-string (json-serialize `(:step ,step ,@facts)) 'utf-8)))
    (write-region (concat line "\n") nil my-out t 'quiet)))

(defun my-wait (what condition)
  (let ((patience (+ (float-time) 60)))
    (while (not (funcall condition))
      (when (> (float-time) patience)
        (my-tell "gave up" :waiting_for what :shown (my-diagnostics))
        (kill-emacs 1))
      (accept-process-output nil 0.05))))

(defun my-found ()
  "The diagnostics of this buffer, as lsp-mode keeps them."
  (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics t)))

(defun my-diagnostics ()
  (vconcat
   (mapcar (lambda (one)
             (let* ((range (lsp:diagnostic-range one))
                    (begin (lsp--position-to-point (lsp:range-start range)))
                    (end (lsp--position-to-point (lsp:range-end range))))
               (list :line (line-number-at-pos begin)
                     :text (buffer-substring-no-properties begin end)
                     :code (lsp:diagnostic-code? one))))
           (my-found))))

(defun my-text () (buffer-substring-no-properties (point-min) (point-max)))

(defun my-settled ()
  "Wait until what is shown stays as it is."
  (let ((before nil) (again 0))
    (while (< again 10)
      (accept-process-output nil 0.15)
      (let ((now (format "%S" (my-diagnostics))))
        (setq again (if (equal now before) (1+ again) 0) before now)))))

(pcase-let ((`(,configuration ,file ,out) command-line-args-left))
  (setq command-line-args-left nil
        my-out out
        lsp-auto-guess-root t
        lsp-enable-suggest-server-download nil
        lsp-enable-snippet nil
        lsp-restart 'ignore
        lsp-session-file (expand-file-name "session" (file-name-directory out))
        lsp-warn-no-matched-clients nil
        lsp-enable-file-watchers nil
        make-backup-files nil)
  (load configuration nil t)
  (setq lsp-enabled-clients '(mcp-lsp))
  (find-file file)
  (python-mode)
  (lsp-workspace-folders-add (file-name-directory file))
  (lsp)
  (my-wait "the server" (lambda () (and (lsp-workspaces) (eq 'initialized (lsp--workspace-status (car (lsp-workspaces)))))))
  (my-tell "attached" :emacs emacs-version :lsp_mode (lsp-package-version)
           :server (symbol-name (lsp--workspace-server-id (car (lsp-workspaces)))))
  ;; lsp-mode drops an answer that comes while it thinks that the buffer was changed; a user goes on typing.
  (let ((again (+ (float-time) 10)))
    (my-wait "diagnostics" (lambda ()
                             (when (> (float-time) again)
                               (setq again (+ (float-time) 10))
                               (lsp-diagnostics--request-pull-diagnostics (car (lsp-workspaces))))
                             (> (length (my-found)) 0))))
  (my-settled)
  (my-tell "opened" :text (my-text) :diagnostics (my-diagnostics))

  (let ((title (seq-some
                (lambda (one)
                  (goto-char (lsp--position-to-point (lsp:range-start (lsp:diagnostic-range one))))
                  (let ((action (seq-find (lambda (each) (eq (lsp:code-action-is-preferred? each) t))
                                          (lsp-code-actions-at-point))))
                    (when action
                      (lsp-execute-code-action action)
                      (lsp:code-action-title action))))
                (append (my-found) nil))))
    (my-settled)
    (my-tell "quick fix" :title (or title "none") :text (my-text) :diagnostics (my-diagnostics)))

  (set-buffer-modified-p nil)
  (lsp-workspace-shutdown (car (lsp-workspaces)))
  (my-tell "stopped"))
