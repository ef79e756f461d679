/* HTTP/1.1 load of requests signed beforehand; one thread, epoll, 127.0.0.1 only, bounded in time.

   loadgen corpus=FILE state=FILE ports=8000[,8001] connections=64 warm=1 seconds=5 [rate=R] [until=prepared] [wrap=1]

   The corpus (bench/corpus.py) has lanes; a contact is in one lane only, and a lane's next request leaves after the answer to the
   one before, so the order within a contact holds. Lane l belongs to connection l % connections. With two ports a connection
   has a socket to each and takes them in turn, so one contact's messages meet both processes.
   Closed loop: each connection always has one request under way. With a rate: open loop, each connection has its own timetable,
   and a latency counts from the moment the request was due, not from when it could leave.
   The state file holds how far each lane has come, so that the next run goes on where this one ended. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 1024, MOST_PORTS = 8, ANSWER = 65536, MOST_SECONDS = 600 };
typedef struct { const unsigned char *first, *next; uint32_t count, at, prepared; } Lane;
typedef struct { int fd[MOST_PORTS], turn, busy, have; uint32_t lane; double began, due; char answer[ANSWER]; } Connection;

static Lane *lanes;
static uint32_t lane_count;
static Connection *connections;
static int connection_count = 64, port_count, poller, wrap, until_prepared, under_way;
static double rate, step, window_from, window_to;
static long sent, ok, ok_in_window, broken, status_count[600];
static uint32_t *latencies;
static long latency_count, latency_room;

static void fail(const char *what) { perror(what); exit(1); }
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return (double)t.tv_sec + (double)t.tv_nsec / 1e9; }
static int by_value(const void *a, const void *b) { uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b; return (x > y) - (x < y); }
static uint32_t u32(const unsigned char *p) { uint32_t v; memcpy(&v, p, 4); return v; }

static const char *option(int argc, char **argv, const char *name, const char *otherwise) {
  size_t n = strlen(name);
  for (int i = 1; i < argc; i++)
    if (!strncmp(argv[i], name, n) && argv[i][n] == '=') return argv[i] + n + 1;
  return otherwise;
}

static void open_corpus(const char *path) {
  int fd = open(path, O_RDONLY);
  struct stat s;
  if (fd < 0 || fstat(fd, &s)) fail(path);
  unsigned char *map = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (map == MAP_FAILED || memcmp(map, "TEDUH01\n", 8)) { fprintf(stderr, "%s is no corpus\n", path); exit(2); }
  lane_count = u32(map + 8);
  lanes = calloc(lane_count, sizeof *lanes);
  const unsigned char *p = map + 12;
  for (uint32_t i = 0; i < lane_count; i++, p += 8) { lanes[i].count = u32(p); lanes[i].prepared = u32(p + 4); }
  for (uint32_t i = 0; i < lane_count; i++) {
    lanes[i].first = lanes[i].next = p;
    for (uint32_t k = 0; k < lanes[i].count; k++) p += 4 + u32(p);
  }
}

static void read_state(const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) return;
  for (uint32_t i = 0; i < lane_count; i++) {
    uint32_t at = 0;
    if (fread(&at, 4, 1, f) != 1) break;
    for (; lanes[i].at < at && lanes[i].at < lanes[i].count; lanes[i].at++) lanes[i].next += 4 + u32(lanes[i].next);
  }
  fclose(f);
}

static void write_state(const char *path) {
  FILE *f = fopen(path, "wb");
  if (!f) fail(path);
  for (uint32_t i = 0; i < lane_count; i++) fwrite(&lanes[i].at, 4, 1, f);
  if (fclose(f)) fail(path);
}

static void connect_all(const char *ports) {
  int port[MOST_PORTS];
  for (const char *p = ports; p && *p && port_count < MOST_PORTS; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL) port[port_count++] = atoi(p);
  connections = calloc((size_t)connection_count, sizeof *connections);
  for (int i = 0; i < connection_count; i++) {
    connections[i].lane = (uint32_t)i;
    for (int k = 0; k < port_count; k++) {
      struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port[k]), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
      int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
      if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to)) fail("connect");
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      struct epoll_event e = {.events = EPOLLIN, .data.u64 = (uint64_t)i << 8 | (uint64_t)k};
      if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e)) fail("epoll_ctl");
      connections[i].fd[k] = fd;
    }
  }
}

/* the next lane of this connection that has a request left, or NULL */
static Lane *lane_of(Connection *c) {
  for (uint32_t tried = 0; tried < lane_count; tried += (uint32_t)connection_count) {
    Lane *l = &lanes[c->lane];
    c->lane += (uint32_t)connection_count;
    if (c->lane >= lane_count) c->lane %= (uint32_t)connection_count;
    if (wrap && l->at >= l->count) { l->at = 0; l->next = l->first; }
    if (l->at < (until_prepared ? l->prepared : l->count)) return l;
  }
  return NULL;
}

static int send_next(Connection *c, double t) {
  if (c->fd[c->turn] < 0) return 0;
  Lane *l = lane_of(c);
  if (!l) return 0;
  uint32_t size = u32(l->next);
  c->began = rate > 0 ? c->due : t;
  c->due += step;
  if (write(c->fd[c->turn], l->next + 4, size) != (ssize_t)size) { broken++; close(c->fd[c->turn]); c->fd[c->turn] = -1; return 0; }
  l->next += 4 + size;
  l->at++;
  c->busy = 1;
  c->have = 0;
  sent++;
  under_way++;
  return 1;
}

/* the length of the whole answer at the start of b, 0 while it is not whole */
static int whole(const char *b, int n, int *status) {
  const char *end = memmem(b, (size_t)n, "\r\n\r\n", 4);
  if (!end) return 0;
  int head = (int)(end - b) + 4, length = 0;
  *status = n > 12 ? atoi(b + 9) : 0;
  for (const char *line = b; line < end; line = (const char *)memmem(line, (size_t)(end + 2 - line), "\r\n", 2) + 2)
    if (!strncasecmp(line, "content-length:", 15)) length = atoi(line + 15);
    else if (!strncasecmp(line, "transfer-encoding:", 18)) return n >= 5 && !memcmp(b + n - 5, "0\r\n\r\n", 5) ? n : 0;
  return n >= head + length ? head + length : 0;
}

static void note(int status, double t, double began) {
  status_count[status >= 0 && status < 600 ? status : 0]++;
  if (status == 200) ok++;
  if (t < window_from || t >= window_to) return;
  if (status == 200) ok_in_window++;
  if (latency_count == latency_room) {
    latency_room = latency_room ? latency_room * 2 : 1 << 16;
    latencies = realloc(latencies, (size_t)latency_room * sizeof *latencies);
  }
  latencies[latency_count++] = (uint32_t)((t - began) * 1e6);
}

static void receive(Connection *c, int k) {
  ssize_t got = read(c->fd[k], c->answer + c->have, sizeof c->answer - (size_t)c->have);
  if (got <= 0) {
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    close(c->fd[k]);
    c->fd[k] = -1;
    if (c->busy && c->turn == k) { c->busy = 0; under_way--; broken++; }
    return;
  }
  c->have += (int)got;
  int status = 0;
  if (!c->busy || c->turn != k || !whole(c->answer, c->have, &status)) return;
  note(status, now(), c->began);
  c->busy = 0;
  under_way--;
  c->turn = (c->turn + 1) % port_count;
}

/* start what may start now; returns seconds until something is due, or -1 when nothing is left to send */
static double start_due(double t) {
  double wait = -1;
  for (int i = 0; i < connection_count; i++) {
    Connection *c = &connections[i];
    if (c->busy) { wait = wait < 0 ? 0.05 : wait; continue; }
    double left = rate > 0 ? c->due - t : 0;
    if (left > 0) { wait = wait < 0 || left < wait ? left : wait; continue; }
    if (send_next(c, t) && wait < 0) wait = 0.05;
  }
  return wait;
}

static void run(void) {
  struct epoll_event events[256];
  double hard_end = window_to + 10;
  for (;;) {
    double t = now(), wait = 0.05;
    if (t < window_to) {
      wait = start_due(t);
      if (wait < 0 && !under_way) return;
    } else if (!under_way || t > hard_end) return;
    if (wait < 0 || wait > 0.05) wait = 0.05;
    struct timespec ts = {0, (long)(wait * 1e9)};
    int n = epoll_pwait2(poller, events, 256, &ts, NULL);
    for (int i = 0; i < n; i++) receive(&connections[events[i].data.u64 >> 8], (int)(events[i].data.u64 & 255));
  }

}

static double percentile(double q) { return latency_count ? latencies[(long)((double)(latency_count - 1) * q)] : 0; }

static void report(double seconds, double began) {
  qsort(latencies, (size_t)latency_count, sizeof *latencies, by_value);
  long left = 0, other = 0;
  for (uint32_t i = 0; i < lane_count; i++) left += lanes[i].count - lanes[i].at;
  for (int i = 0; i < 600; i++) if (i != 200) other += status_count[i];
  printf("{\"turns\": %ld, \"seconds\": %.3f, \"sent\": %ld, \"ok\": %ld, \"other\": %ld, \"broken\": %ld, \"left\": %ld, \"took\": %.3f, "
         "\"p50_us\": %.0f, \"p90_us\": %.0f, \"p99_us\": %.0f, \"max_us\": %.0f, \"statuses\": {",
         ok_in_window, seconds, sent, ok, other, broken, left, now() - began, percentile(.5), percentile(.9), percentile(.99), percentile(1));
  int first = 1;
  for (int i = 0; i < 600; i++)
    if (status_count[i]) { printf("%s\"%d\": %ld", first ? "" : ", ", i, status_count[i]); first = 0; }
  printf("}}\n");
}

int main(int argc, char **argv) {
  const char *corpus = option(argc, argv, "corpus", NULL), *state = option(argc, argv, "state", NULL), *ports = option(argc, argv, "ports", NULL);
  if (!corpus || !ports) { fprintf(stderr, "see the top of loadgen.c\n"); return 2; }
  connection_count = atoi(option(argc, argv, "connections", "64"));
  double warm = atof(option(argc, argv, "warm", "1")), seconds = atof(option(argc, argv, "seconds", "5"));
  rate = atof(option(argc, argv, "rate", "0"));
  wrap = atoi(option(argc, argv, "wrap", "0"));
  until_prepared = !strcmp(option(argc, argv, "until", ""), "prepared");
  if (connection_count < 1 || connection_count > MOST_CONNECTIONS || warm + seconds > MOST_SECONDS) return 2;
  open_corpus(corpus);
  if ((uint32_t)connection_count > lane_count) connection_count = (int)lane_count;
  if (state) read_state(state);
  poller = epoll_create1(0);
  connect_all(ports);
  double began = now();
  window_from = began + warm;
  window_to = window_from + seconds;
  step = rate > 0 ? connection_count / rate : 0;
  for (int i = 0; i < connection_count; i++) connections[i].due = began + (rate > 0 ? i / rate : 0);
  run();
  if (state) write_state(state);
  report(seconds, began);
  return 0;
}
