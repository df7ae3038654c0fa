/* A disk that takes its time: loaded before the C library (LD_PRELOAD), each fsync and fdatasync first waits for
   POPOTE_BENCH_FLUSH_MS milliseconds. Virtual disks often acknowledge at once what a real one needs 2–10 ms for,
   so that what grouped commits gain can't be seen on them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
  const char *wanted = getenv("POPOTE_BENCH_FLUSH_MS");
  if (wanted) usleep((useconds_t)atoi(wanted) * 1000);
}

static int flush(const char *name, int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  wait_for_the_disk();
  return real(file);
}

int fsync(int file) { return flush("fsync", file); }
int fdatasync(int file) { return flush("fdatasync", file); }
