"""Emacs against hamdel: eglot's diagnostics and code actions, and Flycheck's errors, at the right characters."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from real_editors import DRAFT, EDITORS, MENDED, SHOMA, TU, needs, needs_server, readme_code, run

from hamdel.model import Anchor, Report

SCRIPT = r"""
(require 'json)
(setq make-backup-files nil create-lockfiles nil eglot-confirm-server-initiated-edits nil)
(set-language-environment "UTF-8")

(defun wait-for (test)
  (let ((end (+ (float-time) 40)) value)
    (while (and (not (setq value (funcall test))) (< (float-time) end))
      (accept-process-output nil 0.05))
    value))

(defun write-result (result)
  (with-temp-file (expand-file-name "out.json" folder) (insert (json-encode result))))

(setq folder default-directory)
%(body)s
"""

EGLOT = r"""
%(setup)s
(setq eglot-sync-connect 30)
(find-file "reply.txt")
(text-mode)
(flymake-mode 1)
(apply #'eglot--connect (eglot--guess-contact))

(defun shown ()
  (mapcar (lambda (one)
            `((start . ,(1- (flymake-diagnostic-beg one)))
              (text . ,(buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))
              (message . ,(flymake-diagnostic-text one))))
          (flymake-diagnostics)))

;; Flymake would ask when Emacs is idle, which it never is without a screen.
(defun checked-p () (flymake-start) (accept-process-output nil 0.1) (flymake-diagnostics))

(wait-for #'checked-p)
(let ((before (shown)))
  %(action)s
  (write-result `((before . ,before) (text . ,(buffer-string)) (after . ,(shown)))))
(eglot-shutdown (eglot-current-server))
"""

SETUP = readme_code("emacs", 0)
AT_TU = r"""
(goto-char (point-min))
(search-forward "باید صبر")
(goto-char (- (match-beginning 0) 2))
(let* ((actions (eglot-code-actions (point)))
       (safe (cl-find-if (lambda (one) (plist-get one :isPreferred)) actions)))
  (eglot--apply-workspace-edit (plist-get safe :edit)))
"""
FLYCHECK = r"""
%(load)s
(find-file "reply.txt")
(text-mode)
(setq-local flycheck-checker 'hamdel)
(flycheck-mode 1)
(flycheck-buffer)
(wait-for (lambda () flycheck-current-errors))
(write-result
 (mapcar (lambda (one)
           (vector (1- (flycheck-error-pos one)) (flycheck-error-id one)
                 (symbol-name (flycheck-error-level one)) (flycheck-error-message one)))
         flycheck-current-errors))
"""


def needs_package(emacs: str, name: str) -> None:
    """Skip a test where Emacs lacks a package."""
    command = [emacs, "-q", "--batch", "-f", "package-initialize", "--eval", f"(require '{name})"]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip(f"Emacs has no {name}")


def in_emacs(folder: Path, package: str, body: str) -> Any:
    """What a script leaves in ``out.json``, run in an Emacs without anybody's settings."""
    emacs = needs("emacs")
    needs_package(emacs, package)
    script = SCRIPT % {"body": body}
    (folder / "script.el").write_text(script, encoding="utf-8")
    output = run([emacs, "-q", "--batch", "-f", "package-initialize", "-l", "script.el"], folder)
    assert (folder / "out.json").exists(), output
    return json.loads((folder / "out.json").read_text(encoding="utf-8"))


def with_eglot(folder: Path, action: str = "", settings: str = "") -> dict[str, Any]:
    """What a user sees before and after an action."""
    needs_server()
    seen: dict[str, Any] = in_emacs(folder, "eglot", EGLOT % {"action": action, "setup": SETUP + settings})
    assert seen["before"], "no diagnostics came"
    return seen


def test_diagnostics_are_where_the_words_are(draft: Path, report: Report) -> None:
    seen = with_eglot(draft.parent)["before"]
    shown = {(one["start"], one["text"]) for one in seen}
    expected = {(one.start, one.matched) for one in report.findings if one.anchor is not Anchor.DOCUMENT}
    assert expected <= shown
    assert {text for _, text in shown - expected} <= {"سلام،"}  # what the whole reply lacks is shown where it begins


def test_a_code_action_changes_just_its_words(draft: Path) -> None:
    assert with_eglot(draft.parent, AT_TU)["text"] == DRAFT.replace(TU, SHOMA)


def test_fix_all_makes_all_safe_edits(draft: Path) -> None:
    assert with_eglot(draft.parent, "(hamdel-fix-all)")["text"] == MENDED


def test_a_better_draft_takes_the_place_of_the_old(draft: Path) -> None:
    seen = with_eglot(draft.parent, "(hamdel-improve) (wait-for (lambda () (buffer-modified-p)))")
    assert seen["text"].startswith(DRAFT.partition("\n\n")[0])
    assert TU not in seen["text"]
    assert seen["text"] != DRAFT


def test_settings_reach_the_server(draft: Path) -> None:
    action = """
    (wait-for (lambda () (checked-p) (cl-some (lambda (one) (string-match "customer" (flymake-diagnostic-text one)))
                                              (flymake-diagnostics))))
    """
    seen = with_eglot(draft.parent, action, readme_code("emacs", 1))["after"]
    assert any("customer" in one["message"] for one in seen)


def test_flycheck_finds_the_same(draft: Path, report: Report) -> None:
    load = SETUP.partition("(require")[0] + "(require 'flycheck-hamdel)"
    assert "(require 'flycheck-hamdel)" in (EDITORS / "emacs" / "README.md").read_text(encoding="utf-8")
    seen = in_emacs(draft.parent, "flycheck", FLYCHECK % {"load": load})
    levels = {"error": "error", "warning": "warning", "suggestion": "info"}
    expected = {(one.start, one.check, levels[one.severity]) for one in report.findings}
    assert {(start, check, level) for start, check, level, _ in seen} == expected
