/*
 * A disk that fails and a clock that jumps, for one process under test (LD_PRELOAD).
 *
 * SAMENSPRAAK_FAULTS names a file with a `struct faults`, shared with the test, which writes it while
 * the process runs. Only files whose name holds "samenspraak.db" fail; CLOCK_MONOTONIC goes on as ever.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

struct faults {
    int32_t on_write; /* errno of writes and of growing a file; 0 for none */
    int32_t on_sync;  /* errno of fsync and fdatasync */
    int32_t on_open;  /* errno of opening for writing */
    int32_t unused;
    int64_t shift; /* seconds that CLOCK_REALTIME is ahead */
    uint64_t hits; /* how often something was made to fail; counted here */
};

static struct faults nothing;
static volatile struct faults *faults = &nothing;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("SAMENSPRAAK_FAULTS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof nothing, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared != MAP_FAILED) faults = shared;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static int fails(int error) {
    __atomic_fetch_add(&faults->hits, 1, __ATOMIC_RELAXED);
    errno = error;
    return -1;
}

static int is_store(const char *path) { return path && strstr(path, "samenspraak.db") != NULL; }

static int is_store_file(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_store(path);
}

#define ON_WRITE(file) \
    do { \
        int error = faults->on_write; \
        if (error && is_store_file(file)) return fails(error); \
    } while (0)

#define ON_SYNC(file) \
    do { \
        int error = faults->on_sync; \
        if (error && is_store_file(file)) return fails(error); \
    } while (0)

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(write);
    ON_WRITE(file);
    return real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    REAL(pwrite);
    ON_WRITE(file);
    return real(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    REAL(pwrite64);
    ON_WRITE(file);
    return real(file, bytes, count, at);
}

int ftruncate(int file, off_t length) {
    REAL(ftruncate);
    ON_WRITE(file);
    return real(file, length);
}

int ftruncate64(int file, off64_t length) {
    REAL(ftruncate64);
    ON_WRITE(file);
    return real(file, length);
}

int fsync(int file) {
    REAL(fsync);
    ON_SYNC(file);
    return real(file);
}

int fdatasync(int file) {
    REAL(fdatasync);
    ON_SYNC(file);
    return real(file);
}

static int refuses_open(const char *path, int flags) {
    return faults->on_open && (flags & O_ACCMODE) != O_RDONLY && is_store(path);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        if (refuses_open(path, flags)) return fails(faults->on_open); \
        return real(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)

int clock_gettime(clockid_t clock, struct timespec *now) {
    REAL(clock_gettime);
    int result = real(clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += faults->shift;
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    REAL(gettimeofday);
    int result = real(now, zone);
    if (result == 0) now->tv_sec += faults->shift;
    return result;
}
