"""Emacs against hamdel: eglot's diagnostics and code actions, and Flycheck's errors, at the right characters."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from real_editors import DRAFT, EDITORS, MENDED, SHOMA, TU, needs, needs_server, readme_code, report, run, written

from hamdel.model import Anchor

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
  (vconcat
   (mapcar (lambda (one)
             `((start . ,(1- (flymake-diagnostic-beg one)))
               (text . ,(buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))
               (message . ,(flymake-diagnostic-text one))))
           (flymake-diagnostics))))

;; Flymake would ask when Emacs is idle, which it never is without a screen.
(defun checked-p () (flymake-start) (accept-process-output nil 0.1) (flymake-diagnostics))

;; Does something that changes the buffer, and returns what it then holds; the buffer is as before.
(defun after (act)
  (let ((before (buffer-string)))
    (funcall act)
    (wait-for (lambda () (not (equal (buffer-string) before))))
    (prog1 (buffer-string)
      (erase-buffer)
      (insert before))))

(wait-for #'checked-p)
%(work)s
(eglot-shutdown (eglot-current-server))
"""

WORK = r"""
(defun take-the-safe-edit ()
  (goto-char (point-min))
  (search-forward "باید صبر")
  (let ((actions (eglot-code-actions (- (match-beginning 0) 2))))
    (eglot--apply-workspace-edit
     (plist-get (cl-find-if (lambda (one) (plist-get one :isPreferred)) actions) :edit))))
(require 'sgml-mode) ; knows that HTML derives from text
(write-result
 `((shown . ,(shown))
   (servers . ,(mapcar (lambda (mode) (cons mode (format "%s" (eglot--lookup-mode mode))))
                       '(text-mode message-mode html-mode)))
   (chosen . ,(after #'take-the-safe-edit))
   (fixed . ,(after #'hamdel-fix-all))
   (improved . ,(after #'hamdel-improve))))
"""
IN_ENGLISH = r"""
(wait-for (lambda () (checked-p) (cl-some (lambda (one) (string-match "customer" (flymake-diagnostic-text one)))
                                          (flymake-diagnostics))))
(write-result `((shown . ,(shown))))
"""
SETUP = readme_code("emacs", 0)
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


def with_eglot(folder: Path, work: str, settings: str = "") -> dict[str, Any]:
    """What a user sees with the draft open."""
    needs_server()
    written(folder)
    seen: dict[str, Any] = in_emacs(folder, "eglot", EGLOT % {"setup": SETUP + settings, "work": work})
    assert seen["shown"], "no diagnostics came"
    return seen


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An hour's work in one session, for starting the server takes longest."""
    return with_eglot(tmp_path_factory.mktemp("emacs"), WORK)


def test_diagnostics_are_where_the_words_are(seen: dict[str, Any]) -> None:
    shown = {(one["start"], one["text"]) for one in seen["shown"]}
    expected = {(one.start, one.matched) for one in report().findings if one.anchor is not Anchor.DOCUMENT}
    assert expected <= shown
    assert {text for _, text in shown - expected} <= {"سلام،"}  # what the whole reply lacks is shown where it begins


def test_modes_that_derive_from_text_keep_their_servers(seen: dict[str, Any]) -> None:
    assert {mode: "hamdel lsp" in server for mode, server in seen["servers"].items()} == {
        "text-mode": True,
        "message-mode": True,
        "html-mode": False,
    }


def test_a_code_action_changes_just_its_words(seen: dict[str, Any]) -> None:
    assert seen["chosen"] == DRAFT.replace(TU, SHOMA)


def test_fix_all_makes_all_safe_edits(seen: dict[str, Any]) -> None:
    assert seen["fixed"] == MENDED


def test_a_better_draft_takes_the_place_of_the_old(seen: dict[str, Any]) -> None:
    assert seen["improved"].startswith(DRAFT.partition("\n\n")[0])
    assert seen["improved"] != DRAFT
    assert TU not in seen["improved"]


def test_settings_reach_the_server(tmp_path: Path) -> None:
    shown = with_eglot(tmp_path, IN_ENGLISH, readme_code("emacs", 1))["shown"]
    assert any("customer" in one["message"] for one in shown)


def test_flycheck_finds_the_same(tmp_path: Path) -> None:
    load = SETUP.partition("(require")[0] + "(require 'flycheck-hamdel)"
    assert "(require 'flycheck-hamdel)" in (EDITORS / "emacs" / "README.md").read_text(encoding="utf-8")
    seen = in_emacs(written(tmp_path), "flycheck", FLYCHECK % {"load": load})
    levels = {"error": "error", "warning": "warning", "suggestion": "info"}
    expected = {(one.start, one.check, levels[one.severity]) for one in report().findings}
    assert {(start, check, level) for start, check, level, _ in seen} == expected
