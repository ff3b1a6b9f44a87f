/* A library that is loaded before all others (LD_PRELOAD) and stands between the program and the system's calls on files.

   It counts the calls on files below the watched folders and, as it is told, makes one of them fail, makes every one from
   then on fail, kills the process before one, takes a folder away before one, or writes every change down with its bytes,
   so that what a power cut leaves can be worked out afterwards. The idea is that of SQLite's own I/O-error tests. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { OFF, COUNT, ONCE, STICKY, KILL, GONE, RECORD };
enum { CHANGES = 1, READS = 2, ROOM = 4 };  /* ROOM: what a full disk refuses; it is a change as well */

static int mode = OFF, failure = EIO, wanted = CHANGES, book = -1;
static long calls = 0, point = -1;
static char watched[8][PATH_MAX];
static int watching = 0;

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__) = 0; \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

/* ------------------------------------------------------------------------------------ what the harness calls */

void calls_arm(int how, long n, int error, int kinds, int book_fd, const char *folders) {
    char all[8 * PATH_MAX], *rest = all, *one;
    strncpy(all, folders, sizeof all - 1);
    all[sizeof all - 1] = 0;
    watching = 0;
    while ((one = strsep(&rest, "\n")) && watching < 8)
        if (*one) strncpy(watched[watching++], one, PATH_MAX - 1);
    calls = 0; point = n; failure = error; wanted = kinds; book = book_fd; mode = how;
}

long calls_counted(void) { return calls; }

/* --------------------------------------------------------------------------------------------- which path */

static int below(const char *path) {
    for (int n = 0; n < watching; n++) {
        size_t size = strlen(watched[n]);
        if (!strncmp(path, watched[n], size) && (path[size] == '/' || !path[size])) return 1;
    }
    return 0;
}

static const char *of_fd(int fd, char *into) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t size = syscall(SYS_readlink, name, into, PATH_MAX - 1);
    into[size < 0 ? 0 : size] = 0;
    return into;
}

static const char *of_path(int folder, const char *path, char *into) {
    if (path[0] == '/') { snprintf(into, PATH_MAX, "%s", path); return into; }
    char above[PATH_MAX];
    if (folder == AT_FDCWD) { if (!getcwd(above, sizeof above)) above[0] = 0; }
    else of_fd(folder, above);
    if (snprintf(into, PATH_MAX, "%s/%s", above, path) >= PATH_MAX) into[0] = 0;
    return into;
}

/* ------------------------------------------------------------------------------------------- count and fail */

static int refused(int kinds, const char *path) {
    int before = errno;
    if (mode == OFF || mode == RECORD || !(kinds & wanted) || !below(path)) return 0;
    calls++;
    if (mode == COUNT || calls < point) return 0;
    if (mode == KILL && calls == point) kill(getpid(), SIGKILL);
    if (mode == GONE && calls == point) {
        char aside[PATH_MAX + 8];
        snprintf(aside, sizeof aside, "%s.gone", watched[0]);
        syscall(SYS_rename, watched[0], aside);
    }
    if ((mode == ONCE && calls == point) || mode == STICKY) { errno = failure; return 1; }
    errno = before;
    return 0;
}

/* ---------------------------------------------------------------------------------------------- write down */

static void all_of(const void *bytes, size_t size) {
    const char *from = bytes;
    while (size) {
        ssize_t done = syscall(SYS_write, book, from, size);
        if (done <= 0) _exit(99);
        from += done; size -= (size_t)done;
    }
}

static void note(char what, uint64_t file, uint64_t place, const char *one, const char *two, const void *data, uint32_t size) {
    int before = errno;
    struct { uint64_t file, place; uint32_t size; uint16_t one, two; char what, pad[7]; } head =
        { file, place, size, (uint16_t)strlen(one), (uint16_t)strlen(two), what, {0} };
    all_of(&head, sizeof head);
    all_of(one, head.one); all_of(two, head.two); all_of(data, size);
    errno = before;
}

static uint64_t number_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : (uint64_t)found.st_ino;
}

void calls_note(const char *text) { if (mode == RECORD) note('n', 0, 0, text, "", "", 0); }

static int writes_down(const char *path) { return mode == RECORD && below(path); }

/* --------------------------------------------------------------------------------------------- the network */

static long reached = 0;

long calls_reached(void) { return reached; }

/* A process that is only watched, with CALLS_TELL in its environment, leaves the number in that file at its end. */
__attribute__((destructor)) static void tell_reached(void) {
    const char *name = getenv("CALLS_TELL");
    char text[32];
    if (!name) return;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int size = snprintf(text, sizeof text, "%ld\n", reached);
    if (fd >= 0 && syscall(SYS_write, fd, text, size) != size) _exit(99);
}

/* A door to another computer counts from the moment the library is loaded; one to a program on this computer does not. */
int socket(int family, int kind, int protocol) {
    if (family == AF_INET || family == AF_INET6) reached++;
    return (int)syscall(SYS_socket, family, kind, protocol);
}
int connect(int fd, const struct sockaddr *to, socklen_t size) {
    if (to && (to->sa_family == AF_INET || to->sa_family == AF_INET6)) reached++;
    return (int)syscall(SYS_connect, fd, to, size);
}

/* ------------------------------------------------------------------------------------------------- opening */

static int opening(int folder, const char *path, int flags, mode_t bits) {
    char full[PATH_MAX];
    if (mode == OFF) return (int)syscall(SYS_openat, folder, path, flags, bits);
    of_path(folder, path, full);
    int there = !syscall(SYS_access, full, F_OK);
    int makes = (flags & O_CREAT) && !there, empties = there && (flags & O_TRUNC) && (flags & O_ACCMODE);
    if (refused(makes ? CHANGES | ROOM : empties ? CHANGES : READS, full)) return -1;
    int fd = (int)syscall(SYS_openat, folder, path, flags, bits);
    if (fd >= 0 && writes_down(full)) {
        if (makes) note('c', number_of(fd), 0, full, "", "", 0);
        if (empties) note('t', number_of(fd), 0, full, "", "", 0);
    }
    return fd;
}

#define BITS mode_t bits = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); bits = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { BITS return opening(AT_FDCWD, path, flags, bits); }
int open64(const char *path, int flags, ...) { BITS return opening(AT_FDCWD, path, flags, bits); }
int openat(int folder, const char *path, int flags, ...) { BITS return opening(folder, path, flags, bits); }
int openat64(int folder, const char *path, int flags, ...) { BITS return opening(folder, path, flags, bits); }

/* ---------------------------------------------------------------------------------------- bytes of a file */

static ssize_t written(int fd, const void *data, size_t size, off_t place, int at_place) {
    char path[PATH_MAX];
    if (mode != OFF && below(of_fd(fd, path))) {
        if (refused(size ? CHANGES | ROOM : CHANGES, path)) {
            if (failure == ENOSPC && size > 512) {  /* a disk that fills up takes the beginning */
                int error = errno;
                if (at_place) syscall(SYS_pwrite64, fd, data, 512, place);
                errno = error;
            }
            return -1;
        }
        if (!at_place) {
            place = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
        }
    }
    ssize_t done = at_place ? syscall(SYS_pwrite64, fd, data, size, place) : syscall(SYS_write, fd, data, size);
    if (done > 0 && mode == RECORD && writes_down(path)) note('w', number_of(fd), (uint64_t)place, path, "", data, (uint32_t)done);
    return done;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) { return written(fd, data, size, place, 1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) { return written(fd, data, size, place, 1); }

ssize_t read(int fd, void *data, size_t size) {
    char path[PATH_MAX];
    if (mode != OFF && refused(READS, of_fd(fd, path))) return -1;
    return syscall(SYS_read, fd, data, size);
}

static ssize_t read_at(int fd, void *data, size_t size, off_t place) {
    char path[PATH_MAX];
    if (mode != OFF && refused(READS, of_fd(fd, path))) return -1;
    return syscall(SYS_pread64, fd, data, size, place);
}
ssize_t pread(int fd, void *data, size_t size, off_t place) { return read_at(fd, data, size, place); }
ssize_t pread64(int fd, void *data, size_t size, off64_t place) { return read_at(fd, data, size, place); }

static int cut(int fd, off_t size) {
    char path[PATH_MAX];
    if (mode != OFF && refused(CHANGES, of_fd(fd, path))) return -1;
    int done = (int)syscall(SYS_ftruncate, fd, size);
    if (!done && mode == RECORD && writes_down(of_fd(fd, path))) note('t', number_of(fd), (uint64_t)size, path, "", "", 0);
    return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int onto_disk(int fd, long how) {
    char path[PATH_MAX];
    struct stat found;
    if (mode != OFF && refused(CHANGES, of_fd(fd, path))) return -1;
    int done = (int)syscall(how, fd);
    if (!done && mode == RECORD && writes_down(of_fd(fd, path)) && !fstat(fd, &found))
        note(S_ISDIR(found.st_mode) ? 'd' : 's', (uint64_t)found.st_ino, 0, path, "", "", 0);
    return done;
}
int fsync(int fd) { return onto_disk(fd, SYS_fsync); }
int fdatasync(int fd) { return onto_disk(fd, SYS_fdatasync); }

/* Without these a copy is read and written, which is seen. */
ssize_t sendfile(int to, int from, off_t *place, size_t size) {
    if (mode != OFF) { errno = ENOSYS; return -1; }
    return syscall(SYS_sendfile, to, from, place, size);
}
ssize_t sendfile64(int to, int from, off64_t *place, size_t size) { return sendfile(to, from, place, size); }
ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t size, unsigned int flags) {
    if (mode != OFF) { errno = ENOSYS; return -1; }
    return syscall(SYS_copy_file_range, from, a, to, b, size, flags);
}

/* --------------------------------------------------------------------------------------- names of a folder */

static int one_name(char what, int kinds, int folder, const char *path, long call, long flags) {
    char full[PATH_MAX];
    if (mode != OFF && refused(kinds, of_path(folder, path, full))) return -1;
    int done = (int)syscall(call, folder, path, flags);
    if (!done && writes_down(mode == RECORD ? full : "")) note(what, 0, 0, full, "", "", 0);
    return done;
}
int unlink(const char *path) { return one_name('u', CHANGES, AT_FDCWD, path, SYS_unlinkat, 0); }
int unlinkat(int folder, const char *path, int flags) { return one_name(flags & AT_REMOVEDIR ? 'x' : 'u', CHANGES, folder, path, SYS_unlinkat, flags); }
int rmdir(const char *path) { return one_name('x', CHANGES, AT_FDCWD, path, SYS_unlinkat, AT_REMOVEDIR); }
int mkdir(const char *path, mode_t bits) { return one_name('m', CHANGES | ROOM, AT_FDCWD, path, SYS_mkdirat, (long)bits); }
int mkdirat(int folder, const char *path, mode_t bits) { return one_name('m', CHANGES | ROOM, folder, path, SYS_mkdirat, (long)bits); }

static int two_names(char what, int kinds, int folder, const char *path, int other, const char *name, long call, long flags) {
    char one[PATH_MAX], two[PATH_MAX];
    if (mode != OFF) { of_path(folder, path, one); of_path(other, name, two); }
    if (mode != OFF && refused(kinds, below(one) ? one : two)) return -1;
    int done = (int)syscall(call, folder, path, other, name, flags);
    if (!done && mode == RECORD && (below(one) || below(two))) note(what, 0, 0, one, two, "", 0);
    return done;
}
int rename(const char *path, const char *name) { return two_names('r', CHANGES, AT_FDCWD, path, AT_FDCWD, name, SYS_renameat2, 0); }
int renameat(int folder, const char *path, int other, const char *name) { return two_names('r', CHANGES, folder, path, other, name, SYS_renameat2, 0); }
int link(const char *path, const char *name) { return two_names('l', CHANGES | ROOM, AT_FDCWD, path, AT_FDCWD, name, SYS_linkat, 0); }
int linkat(int folder, const char *path, int other, const char *name, int flags) { return two_names('l', CHANGES | ROOM, folder, path, other, name, SYS_linkat, flags); }
