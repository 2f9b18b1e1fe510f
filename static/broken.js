// The page of a broken server: what was typed before waits for its page.
import { beginKeeping } from "./keeping.js";

beginKeeping();
