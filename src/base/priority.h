/* priority.h: who works for the screen gives way to it */
#pragma once

/* Lowers this process's CPU and IO priority for good, and that of whom it starts from here on. A
 * leader of a session (a service) also lowers its session's, behind which the kernel else puts a
 * process's own (sched(7), autogroup). Quiet: without it all works, though not as smoothly. One
 * thread. */
void priority_lower(void);
