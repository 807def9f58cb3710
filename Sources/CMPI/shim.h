// The calls of MPI that Cambium makes, all between the processes of one program: its own names are macros, which Swift does
// not see. All return MPI's error code, 0 for success.
#ifndef CAMBIUM_CMPI_SHIM_H
#define CAMBIUM_CMPI_SHIM_H

#include <mpi.h>

// Joins the other processes; the calling thread alone makes calls from then on.
static inline int cambium_mpi_start(int *rank, int *count) {
  int provided;
  int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
  if (code == 0) code = MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  if (code == 0) code = MPI_Comm_rank(MPI_COMM_WORLD, rank);
  return code == 0 ? MPI_Comm_size(MPI_COMM_WORLD, count) : code;
}

static inline int cambium_mpi_send(const void *bytes, int count, int rank) {
  return MPI_Send(bytes, count, MPI_BYTE, rank, 0, MPI_COMM_WORLD);
}

static inline int cambium_mpi_receive(void *bytes, int count, int rank) {
  return MPI_Recv(bytes, count, MPI_BYTE, rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

static inline int cambium_mpi_broadcast(void *bytes, int count, int rank) {
  return MPI_Bcast(bytes, count, MPI_BYTE, rank, MPI_COMM_WORLD);
}

// What an error code means; `text` has room for MPI_MAX_ERROR_STRING characters.
enum { CAMBIUM_MPI_TEXT = MPI_MAX_ERROR_STRING };
static inline void cambium_mpi_error(int code, char *text) {
  int length = 0;
  MPI_Error_string(code, text, &length);
}

// Leaves the others, all of which do so; ends all of them at once.
static inline int cambium_mpi_finish(void) { return MPI_Finalize(); }
static inline int cambium_mpi_abort(int status) { return MPI_Abort(MPI_COMM_WORLD, status); }

#endif
