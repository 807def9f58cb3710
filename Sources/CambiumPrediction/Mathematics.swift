// The C library's scalar functions, under one roof, so that nothing in the core needs Foundation.
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// log x.
public func logarithm(_ x: Double) -> Double { log(x) }
/// e^x.
public func exponential(_ x: Double) -> Double { exp(x) }
/// x to the power y.
public func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
/// sin x.
public func sine(_ x: Double) -> Double { sin(x) }
/// cos x.
public func cosine(_ x: Double) -> Double { cos(x) }

/// The machine's memory in bytes.
package func physicalMemory() -> Double {
  Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
}

/// The bytes of memory that the program has in use; 0 where the system does not say.
package func residentMemory() -> Double {
  guard let bytes = try? FileReading.bytes(of: "/proc/self/statm", atMost: 4096) else { return 0 }
  let pages = bytes.split(separator: 0x20).dropFirst().first.map { String(decoding: $0, as: UTF8.self) }
  return (pages.flatMap { Double($0) } ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE)))
}

/// Seconds of a clock that only goes forward.
public func secondsNow() -> Double {
  let elapsed = ContinuousClock.now - ContinuousClockOrigin.start
  return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
}

private enum ContinuousClockOrigin {
  static let start = ContinuousClock.now
}
