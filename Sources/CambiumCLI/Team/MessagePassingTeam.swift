#if MPI
  import CMPI
  import CambiumCore

  /// The processes that `mpirun` or `srun` started, as a team.
  ///
  /// Calls are made by the thread that started it alone. Where one fails, since another process has gone, the program ends
  /// with what was said to `onLoss`: without the others no sum can be found any more.
  final class MessagePassingTeam: Team {
    let rank: Int
    let count: Int
    private let onLoss: @Sendable (String) -> Void
    /// The seconds that its calls took, waiting for the others included, and the bytes that it sent and received.
    nonisolated(unsafe) private(set) var (seconds, byteCount) = (0.0, 0)

    /// Joins the other processes; once in a program.
    ///
    /// - Parameter onLoss: Hears, before the program ends, what MPI says of a failure.
    /// - Returns: Nil where MPI cannot be started.
    init?(onLoss: @escaping @Sendable (String) -> Void) {
      var (rank, count): (Int32, Int32) = (0, 1)
      guard cambium_mpi_start(&rank, &count) == 0 else { return nil }
      (self.rank, self.count) = (Int(rank), Int(count))
      self.onLoss = onLoss
    }

    /// Leaves the others, all of which do so.
    func finish() { _ = cambium_mpi_finish() }

    /// Ends all processes, with an exit status.
    func abort(status: Int32) { _ = cambium_mpi_abort(status) }

    func send(_ bytes: UnsafeRawBufferPointer, to rank: Int) {
      guard let base = bytes.baseAddress else { return }
      forEachMessage(of: bytes.count) { check(cambium_mpi_send(base + $0, $1, Int32(rank))) }
    }

    func receive(_ bytes: UnsafeMutableRawBufferPointer, from rank: Int) {
      guard let base = bytes.baseAddress else { return }
      forEachMessage(of: bytes.count) { check(cambium_mpi_receive(base + $0, $1, Int32(rank))) }
    }

    func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from rank: Int) {
      guard let base = bytes.baseAddress else { return }
      forEachMessage(of: bytes.count) { check(cambium_mpi_broadcast(base + $0, $1, Int32(rank))) }
    }

    /// MPI counts a message's bytes in 32 bits.
    private func forEachMessage(of count: Int, _ body: (Int, Int32) -> Void) {
      let most = 1 << 30
      let begin = secondsNow()
      defer {
        seconds += secondsNow() - begin
        byteCount += count
      }
      for start in stride(from: 0, to: count, by: most) { body(start, Int32(min(most, count - start))) }
    }

    private func check(_ code: Int32) {
      guard code != 0 else { return }
      var text = [CChar](repeating: 0, count: Int(CAMBIUM_MPI_TEXT) + 1)
      cambium_mpi_error(code, &text)
      onLoss(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
      abort(status: 69)
    }
  }
#endif
