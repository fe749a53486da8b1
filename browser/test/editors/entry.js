// Real editors, each in an element of its own, with its own model readable as `window.models`.

import { registerHistory, createEmptyHistoryState } from "@lexical/history";
import { registerPlainText } from "@lexical/plain-text";
import Draft from "draft-js";
import { $getRoot, createEditor } from "lexical";
import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import Quill from "quill";
import React from "react";
import { render } from "react-dom";

const at = (id) => document.getElementById(id);
const models = (window.models = {});

const view = new EditorView(at("prosemirror"), {
  state: EditorState.create({ schema, plugins: [history(), keymap({ "Mod-z": undo, "Mod-y": redo }), keymap(baseKeymap)] }),
});
models.prosemirror = () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n");

const quill = new Quill(at("quill"), { formats: [] });
models.quill = () => quill.getText();

const lexical = createEditor({ namespace: "test", onError: (error) => console.error(error) });
lexical.setRootElement(at("lexical"));
registerPlainText(lexical);
registerHistory(lexical, createEmptyHistoryState(), 0);
models.lexical = () => lexical.getEditorState().read(() => $getRoot().getTextContent());

let state = Draft.EditorState.createEmpty();
const draw = () => {
  const change = (next) => {
    state = next;
    draw();
  };
  render(React.createElement(Draft.Editor, { editorState: state, onChange: change, textAlignment: "right" }), at("draft"));
};
draw();
models.draft = () => state.getCurrentContent().getPlainText();
