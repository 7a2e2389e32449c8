/* contrast.h: relative luminance and contrast (WCAG 2.1); pure, any thread */
#pragma once

#include "display/geometry.h"

#define CONTRAST_LEAST 4.5 /* WCAG 2.1, 1.4.3 (AA) */

double contrast_luminance(colour c);         /* 0 … 1; alpha is ignored */
double contrast_ratio(double a, double b);   /* of two luminances, 1 … 21 */
double contrast_between(colour a, colour b); /* of two colours */
