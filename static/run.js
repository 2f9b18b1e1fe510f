// The room: draws what the state says, and begins each of its parts.
import { beginActions } from "./run-actions.js";
import { beginAttendance } from "./run-attendance.js";
import { beginBar } from "./run-bar.js";
import { beginBookings } from "./run-bookings.js";
import { beginCases } from "./run-case.js";
import { beginChecks } from "./run-checks.js";
import { beginClock } from "./run-clock.js";
import { beginGoal } from "./run-goal.js";
import { beginKeys } from "./run-keys.js";
import { beginList } from "./run-list.js";
import { beginOutcomes } from "./run-outcome.js";
import { beginOwners } from "./run-owners.js";
import { beginPulse } from "./run-pulse.js";
import { beginReadBack } from "./run-readback.js";
import { beginSaved } from "./run-saved.js";
import { tellAll } from "./run-state.js";
import { beginWords } from "./run-words.js";

const parts = [beginWords, beginActions, beginBookings, beginOwners, beginGoal, beginChecks, beginOutcomes, beginReadBack, beginList, beginBar, beginAttendance, beginClock, beginSaved, beginCases, beginKeys, beginPulse];
for (const begin of parts) begin();
tellAll();
