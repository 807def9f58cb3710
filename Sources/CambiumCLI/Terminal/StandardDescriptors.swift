#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The descriptors 0, 1 and 2: standard input, output and error.
enum StandardDescriptors {
  /// Sees to it that all three are open, so that no file gets one of their numbers and with it what is meant for
  /// them. One that the caller had closed still cannot be used: it is opened the wrong way round.
  static func ensure() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
