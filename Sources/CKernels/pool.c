// A persistent pool of threads. Who waits (a worker for the next round, the caller for the end of one) spins for
// a bounded while, since waking a sleeping thread costs some 100 µs, then sleeps: spinning for ever would starve
// the others on a busy machine.

#include "cambium_kernels.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SPINS = 20000 };

struct cambium_pool {
  size_t threads;
  pthread_t *workers;
  cambium_job job;
  void *context;
  size_t count;
  atomic_size_t next;
  atomic_size_t busy;
  atomic_uint round;
  atomic_int sleepers;
  atomic_int quits;
  atomic_int running;
  atomic_int caller_sleeps;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  pthread_cond_t done;
};

static _Thread_local int inside_job = 0;

int cambium_pool_is_inside_job(void) { return inside_job; }

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static void take_jobs(cambium_pool *pool) {
  inside_job = 1;
  for (;;) {
    const size_t index = atomic_fetch_add(&pool->next, 1);
    if (index >= pool->count) break;
    pool->job(pool->context, index);
  }
  inside_job = 0;
}

static unsigned wait_for_round(cambium_pool *pool, unsigned seen) {
  for (int spin = 0; spin < SPINS; spin++) {
    const unsigned round = atomic_load(&pool->round);
    if (round != seen) return round;
    relax();
  }
  pthread_mutex_lock(&pool->mutex);
  atomic_fetch_add(&pool->sleepers, 1);
  while (atomic_load(&pool->round) == seen) pthread_cond_wait(&pool->wake, &pool->mutex);
  atomic_fetch_sub(&pool->sleepers, 1);
  pthread_mutex_unlock(&pool->mutex);
  return atomic_load(&pool->round);
}

static void *work(void *argument) {
  cambium_pool *pool = argument;
  unsigned seen = 0;
  for (;;) {
    seen = wait_for_round(pool, seen);
    if (atomic_load(&pool->quits)) return NULL;
    take_jobs(pool);
    if (atomic_fetch_sub(&pool->busy, 1) == 1 && atomic_load(&pool->caller_sleeps)) {
      pthread_mutex_lock(&pool->mutex);
      pthread_cond_signal(&pool->done);
      pthread_mutex_unlock(&pool->mutex);
    }
  }
}

static void wait_for_workers(cambium_pool *pool) {
  for (int spin = 0; spin < SPINS; spin++) {
    if (atomic_load(&pool->busy) == 0) return;
    relax();
  }
  pthread_mutex_lock(&pool->mutex);
  atomic_store(&pool->caller_sleeps, 1);
  while (atomic_load(&pool->busy) > 0) pthread_cond_wait(&pool->done, &pool->mutex);
  atomic_store(&pool->caller_sleeps, 0);
  pthread_mutex_unlock(&pool->mutex);
}

static void start_round(cambium_pool *pool) {
  atomic_fetch_add(&pool->round, 1);
  if (atomic_load(&pool->sleepers) > 0) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
  }
}

cambium_pool *cambium_pool_create(size_t threads) {
  cambium_pool *pool = calloc(1, sizeof *pool);
  if (!pool) return NULL;
  pool->workers = calloc(threads, sizeof *pool->workers);
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->wake, NULL);
  pthread_cond_init(&pool->done, NULL);
  pool->threads = 1;
  while (pool->workers && pool->threads < threads) {
    if (pthread_create(&pool->workers[pool->threads], NULL, work, pool) != 0) break;
    pool->threads++;
  }
  if (pool->threads == threads) return pool;
  cambium_pool_destroy(pool);
  return NULL;
}

void cambium_pool_run(cambium_pool *pool, size_t count, cambium_job job, void *context) {
  int idle = 0;
  if (pool->threads == 1 || count < 2 || inside_job ||
      !atomic_compare_exchange_strong(&pool->running, &idle, 1)) {
    for (size_t index = 0; index < count; index++) job(context, index);
    return;
  }
  pool->job = job;
  pool->context = context;
  pool->count = count;
  atomic_store(&pool->next, 0);
  atomic_store(&pool->busy, pool->threads - 1);
  start_round(pool);
  take_jobs(pool);
  wait_for_workers(pool);
  atomic_store(&pool->running, 0);
}

void cambium_pool_destroy(cambium_pool *pool) {
  atomic_store(&pool->quits, 1);
  start_round(pool);
  for (size_t thread = 1; thread < pool->threads; thread++) pthread_join(pool->workers[thread], NULL);
  pthread_mutex_destroy(&pool->mutex);
  pthread_cond_destroy(&pool->wake);
  pthread_cond_destroy(&pool->done);
  free(pool->workers);
  free(pool);
}
