/*
 * clock.h - how long something took.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

/* Seconds since some moment; only differences mean something. */
double clock_seconds(void);

#endif
