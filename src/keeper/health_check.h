/* health_check.h: the checks behind health.h's table: of what is stored, and of the machine
 *
 * Each adds what it finds to `said`, a line each, and gives its verdict. Those that mend are called
 * by the holder of keeper.lock. */
#pragma once

#include "base/str.h"
#include "keeper/health.h"

typedef enum verdict health_check(const struct patient *patient, struct str *said);
typedef void health_cure(const struct patient *patient);

/* What is stored (health_store.c). */
health_check check_permissions, check_databases, check_media, check_orphans;
health_cure cure_permissions, cure_databases, cure_media, cure_orphans;
/* What comes by itself (health_sources.c). */
health_check check_sources;
/* The machine and what is installed (health_machine.c). */
health_check check_clock, check_fonts, check_disk, check_helpers, check_jail, check_config;

enum verdict verdict_worse(enum verdict a, enum verdict b);
