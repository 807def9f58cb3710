import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether the user wants the program to end (Ctrl-C, a terminal that is closed, a termination by the system).
///
/// The first signal is remembered, so that work ends at the next good place and keeps what it has; the second
/// ends the program at once.
enum Interruption {
  private static let first = Atomic<Int32>(0)

  /// True once a signal has come.
  static var isRequested: Bool { first.load(ordering: .relaxed) != 0 }

  /// True where the first signal told that time is nearly over.
  static var isTimeNearlyOver: Bool { first.load(ordering: .relaxed) == SIGUSR1 }

  /// Listens from here on to a cluster's word that time is nearly over, which several senders may give.
  static func listenForEndOfTime() {
    _ = isRequested
    signal(SIGUSR1) { name in Interruption.remember(name) }
    unblock([SIGUSR1])
  }

  private static func remember(_ name: Int32) {
    _ = first.compareExchange(expected: 0, desired: name, ordering: .relaxed)
  }

  /// Listens from here on.
  static func listen() {
    _ = isRequested  // initialised here, and not first in the handler
    for name in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(name) { name in
        Interruption.remember(name)
        signal(name, SIG_DFL)
      }
      // `nohup` asks for work that goes on.
      if name == SIGHUP, unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(name, SIG_IGN)
      }
    }
    unblock([SIGINT, SIGTERM, SIGHUP])
  }

  /// Whoever started the program may have had signals blocked.
  private static func unblock(_ names: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for name in names { sigaddset(&set, name) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}
