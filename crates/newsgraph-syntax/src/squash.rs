//! The curve of the gates: the hyperbolic tangent, in sixteen parabolas between 0 and 4.
//!
//! From a number in 2⁻¹³ (all that 16 bits hold: ±4) to one in 2⁻¹⁵. Each parabola goes through the curve at its two
//! ends and its middle; the error is below 0.0003. Three tables of sixteen numbers fit the byte shuffles of vector
//! units, so that a curve costs no access to memory. The logistic function is the same curve, halved.

/// Value at the begin of each parabola, in 2⁻¹⁵.
pub(crate) const CONSTANT: [i16; 16] = [
    0, 8025, 15143, 20813, 24956, 27797, 29660, 30847, 31589, 32048, 32329, 32501, 32606, 32670, 32708, 32732,
];
/// Linear part over the width of each parabola.
pub(crate) const LINEAR: [i16; 16] =
    [8274, 7751, 6452, 4869, 3412, 2271, 1460, 918, 570, 350, 214, 131, 79, 48, 29, 18];
/// Square part.
pub(crate) const SQUARE: [i16; 16] =
    [-248, -634, -782, -725, -572, -408, -273, -176, -111, -69, -42, -26, -16, -10, -6, -4];

/// The product of a number in 2⁻¹⁵ with another, rounded.
#[inline(always)]
pub(crate) fn fraction(a: i16, b: i16) -> i16 {
    ((((i32::from(a) * i32::from(b)) >> 14) + 1) >> 1) as i16
}

/// The hyperbolic tangent of a number in 2⁻¹³, in 2⁻¹⁵.
#[inline(always)]
pub(crate) fn tanh(x: i16) -> i16 {
    let size = x.max(-i16::MAX).abs();
    let (segment, at) = (size as usize >> 11, (size & 2047) << 4);
    let slope = LINEAR[segment].wrapping_add(fraction(at, SQUARE[segment]));
    let value = CONSTANT[segment].saturating_add(fraction(at, slope));
    if x < 0 { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_near_the_true_one() {
        for x in i16::MIN..=i16::MAX {
            let (found, expected) = (f64::from(tanh(x)) / 32_768.0, (f64::from(x) / 8_192.0).tanh());
            assert!((found - expected).abs() < 3e-4, "{x}: {found} for {expected}");
            assert_eq!(tanh(x.max(-i16::MAX)), -tanh(-x.max(-i16::MAX)));
        }
    }
}
