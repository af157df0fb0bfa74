;;; eglot.el --- what Emacs shows and does, with the snippet of docs/editors.md

;; Runs in a workspace that editors.sh made; prints "ok NAME" or "FAIL NAME".

(require 'cl-lib)
(require 'flymake)
(require 'xref)

(defun test-wait (holds)
  "Lets the server work until HOLDS does; nil after ten seconds."
  (let ((end (+ (float-time) 10)) result)
    (while (and (not (setq result (funcall holds))) (< (float-time) end))
      (accept-process-output nil 0.05)
      ;; What the command loop would do.
      (flymake-start))
    result))

(defun test-say (name ok why)
  (princ (if ok (format "ok %s\n" name) (format "FAIL %s: %S\n" name why))))

(defun test-texts ()
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun test-has (word)
  (cl-some (lambda (text) (string-match-p word text)) (test-texts)))

(setq eglot-sync-connect t
      eglot-confirm-server-initiated-edits nil
      vc-handled-backends '(Git)
      make-backup-files nil
      create-lockfiles nil)

(find-file "migrations/002_index.sql")
(run-hooks 'post-command-hook)
(test-say "connects" (eglot-managed-p) nil)
(test-say "shows findings"
          (test-wait (lambda () (test-has "without CONCURRENTLY")))
          (test-texts))

(goto-char (point-min))
(search-forward "users")
(backward-char 2)
(let ((found (xref-backend-definitions
              'eglot (xref-backend-identifier-at-point 'eglot))))
  (test-say "goes to definitions"
            (and found
                 (string-match-p "001_users"
                                 (xref-location-group
                                  (xref-item-location (car found)))))
            found))

(goto-char (point-min))
(search-forward "CREATE INDEX")
(cl-letf (((symbol-function 'completing-read)
           (lambda (_prompt choices &rest _)
             (cl-find-if (lambda (title)
                           (string-prefix-p "require-concurrent" title))
                         (mapcar (lambda (c) (if (consp c) (car c) c))
                                 choices)))))
  ;; As if a key was hit, not the mouse.
  (let ((last-nonmenu-event ?x))
    (call-interactively #'eglot-code-actions)))
(test-say "applies a fix"
          (test-wait (lambda ()
                       (string-match-p "INDEX CONCURRENTLY" (buffer-string))))
          (buffer-string))
(test-say "follows the edit"
          (progn
            (run-hooks 'post-command-hook)
            (eglot--signal-textDocument/didChange)
            (test-wait (lambda () (not (test-has "without CONCURRENTLY")))))
          (test-texts))
(test-say "shuts down"
          (progn (eglot-shutdown (eglot-current-server) nil nil)
                 (not (eglot-current-server)))
          nil)
