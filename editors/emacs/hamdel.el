;;; hamdel.el --- Check Persian customer-support replies with eglot  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; (require 'hamdel)
;; (hamdel-setup)                       ; starts the server in text, Markdown and mail buffers
;;
;; M-x hamdel-fix-all applies all safe edits, M-x hamdel-improve asks for a better draft,
;; M-x eglot-code-actions offers what there is for the finding at point.

;;; Code:

(require 'eglot)

(defgroup hamdel nil
  "Check Persian customer-support replies."
  :group 'text)

(defcustom hamdel-program "hamdel"
  "The program to start: a name on `exec-path', or a path."
  :type 'string)

(defcustom hamdel-modes '(text-mode markdown-mode gfm-mode message-mode mail-mode mu4e-compose-mode)
  "Major modes whose buffers are drafts.
Modes derived from them, such as `org-mode', are left alone."
  :type '(repeat symbol))

(defun hamdel-ensure ()
  "Start the server for this buffer, or use the one that runs."
  (when (and (memq major-mode hamdel-modes) buffer-file-name)
    (eglot-ensure)))

;;;###autoload
(defun hamdel-setup ()
  "Use hamdel in the buffers of `hamdel-modes'."
  (let ((server (list hamdel-program "lsp")))
    (add-to-list 'eglot-server-programs (cons (remq 'text-mode hamdel-modes) server))
    ;; Last, for HTML, YAML and others derive from it and have servers of their own.
    (add-to-list 'eglot-server-programs (cons 'text-mode server) t))
  (dolist (mode hamdel-modes)
    (add-hook (intern (format "%s-hook" mode)) #'hamdel-ensure)))

(defun hamdel-fix-all ()
  "Apply all safe edits of this buffer."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.hamdel" t))

(defun hamdel-improve ()
  "Ask for a better draft.
The server puts it into the buffer, and one undo takes it back."
  (interactive)
  (let ((uri (plist-get (eglot--TextDocumentIdentifier) :uri)))
    (jsonrpc-async-request (eglot--current-server-or-lose) :workspace/executeCommand
                           `(:command "hamdel.improve" :arguments [,uri])
                           :success-fn #'ignore
                           :error-fn (lambda (failure)
                                       (message "hamdel: %s" (plist-get failure :message))))))

(provide 'hamdel)
;;; hamdel.el ends here
