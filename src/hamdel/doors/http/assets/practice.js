import { say } from "./words.js";
say("name");
