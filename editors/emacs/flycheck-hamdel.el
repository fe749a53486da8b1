;;; flycheck-hamdel.el --- Check Persian customer-support replies with Flycheck  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (flycheck "32"))
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; For those who use Flycheck and no language server: findings without edits.
;;
;; (require 'flycheck-hamdel)           ; and turn on `flycheck-mode' in a buffer, or `global-flycheck-mode'

;;; Code:

(require 'flycheck)

(flycheck-define-checker hamdel
  "Reads the buffer, saved or not; the settings are those of its folder."
  :command ("hamdel" "check" "-" "--format" "line" "--fail-on" "never")
  :standard-input t
  :error-patterns
  ((error line-start "-:" line ":" column ": error: " (message) " [" (id (one-or-more (any "a-z/-"))) "]" line-end)
   (warning line-start "-:" line ":" column ": warning: " (message) " [" (id (one-or-more (any "a-z/-"))) "]" line-end)
   (info line-start "-:" line ":" column ": suggestion: " (message) " [" (id (one-or-more (any "a-z/-"))) "]" line-end))
  :modes (text-mode markdown-mode gfm-mode message-mode mail-mode mu4e-compose-mode))

(add-to-list 'flycheck-checkers 'hamdel)

(provide 'flycheck-hamdel)
;;; flycheck-hamdel.el ends here
