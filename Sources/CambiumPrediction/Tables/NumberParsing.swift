/// Powers of ten that a `Double` holds exactly: 10⁰…10²².
private let exactPowersOfTen: [Double] = (0...22).map { exponent in
  (0..<exponent).reduce(1.0) { power, _ in power * 10 }
}

/// Powers of five that fit 63 bits: 5⁰…5²⁷.
private let powersOfFive: [UInt64] = (0...27).map { exponent in
  (0..<exponent).reduce(UInt64(1)) { power, _ in power * 5 }
}

/// Reads a decimal number: an optional sign, digits with at most one point, an optional exponent.
///
/// The result is the nearest `Double`, ties to even. Nil where the bytes are no number; an infinity where they
/// are written as one (`inf`, `-Infinity`) or are too large. Nothing is read beyond the bytes, whatever the
/// process's locale.
package func parsedNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
  let count = bytes.count
  var position = 0
  guard count > 0 else { return nil }
  let isNegative = bytes[0] == UInt8(ascii: "-")
  if isNegative || bytes[0] == UInt8(ascii: "+") { position = 1 }

  var mantissa: UInt64 = 0
  var significantDigits = 0
  var digits = 0
  var pointPosition: Int?
  while position < count {
    let digit = bytes[position] &- UInt8(ascii: "0")
    if digit < 10 {
      digits += 1
      if significantDigits > 0 || digit > 0 { significantDigits += 1 }
      mantissa = mantissa &* 10 &+ UInt64(digit)
    } else if bytes[position] == UInt8(ascii: "."), pointPosition == nil {
      pointPosition = digits
    } else {
      break
    }
    position += 1
  }
  guard digits > 0 else { return parsedInfinity(bytes) }

  var exponent = pointPosition.map { $0 - digits } ?? 0
  if position < count {
    guard let written = parsedExponent(bytes, from: position) else { return nil }
    exponent += written
  }
  // Nineteen digits always fit 64 bits; of more, the C library's exact conversion takes care.
  guard significantDigits <= 19, let magnitude = scaled(mantissa, tenTo: exponent) else {
    return Double(String(decoding: bytes, as: UTF8.self))
  }
  return isNegative ? -magnitude : magnitude
}

/// The exponent that starts at `start` with `e` or `E` and ends with the bytes; nil where there is none.
private func parsedExponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  var position = start + 1
  guard bytes[start] | 0x20 == UInt8(ascii: "e"), position < bytes.count else { return nil }
  let isNegative = bytes[position] == UInt8(ascii: "-")
  if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
  guard position < bytes.count else { return nil }
  var exponent = 0
  while position < bytes.count {
    let digit = bytes[position] &- UInt8(ascii: "0")
    guard digit < 10 else { return nil }
    exponent = min(exponent * 10 + Int(digit), 1_000_000)
    position += 1
  }
  return isNegative ? -exponent : exponent
}

/// `mantissa` · 10^`exponent`, rounded once; nil where neither exact way applies.
private func scaled(_ mantissa: UInt64, tenTo exponent: Int) -> Double? {
  guard mantissa > 0 else { return 0 }
  // Clinger 1990: both factors are exact, so the one operation rounds correctly.
  if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
    let value = Double(mantissa)
    return exponent < 0 ? value / exactPowersOfTen[-exponent] : value * exactPowersOfTen[exponent]
  }
  guard exponent <= 0, exponent >= -27 else { return nil }
  return quotient(mantissa, tenTo: -exponent)
}

/// `mantissa` / 10^`exponent` for exponents 0…27, rounded once: a 128-by-64-bit division leaves at least 63 bits
/// of quotient, and its lowest bit remembers whether anything was cut off.
private func quotient(_ mantissa: UInt64, tenTo exponent: Int) -> Double {
  let divisor = powersOfFive[exponent]
  let mantissaShift = mantissa.leadingZeroBitCount
  let divisorShift = divisor.leadingZeroBitCount
  let numerator = mantissa << mantissaShift
  let (whole, rest) = (divisor << divisorShift).dividingFullWidth((numerator >> 1, numerator << 63))
  let rounded = Double(whole | (rest > 0 ? 1 : 0))
  return rounded * Double(sign: .plus, exponent: divisorShift - mantissaShift - exponent - 63, significand: 1)
}

/// An infinity written in letters; nil for anything else.
private func parsedInfinity(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
  guard bytes.count <= 9 else { return nil }
  switch String(decoding: bytes, as: UTF8.self).lowercased() {
  case "inf", "+inf", "infinity", "+infinity": return .infinity
  case "-inf", "-infinity": return -.infinity
  default: return nil
  }
}
