//! The density along a line: pieces of parabolas, as Epanechnikov kernels add up to.

/// A kernel on a link: its middle, which may lie beyond the ends, and the share of an incident that it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kernel {
    pub middle_m: f64,
    pub weight: f64,
}

/// `a + b u + c u^2` over `from_m..to_m`, `u` counted from `from_m`; per metre.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parabola {
    pub from_m: f64,
    pub to_m: f64,
    pub a: f64,
    pub b: f64,
    pub c: f64,
}

impl Parabola {
    pub fn value(&self, at_m: f64) -> f64 {
        let u = at_m - self.from_m;
        self.a + u * (self.b + u * self.c)
    }

    pub fn integral(&self) -> f64 {
        let u = self.to_m - self.from_m;
        u * (self.a + u * (self.b / 2.0 + u * self.c / 3.0))
    }

    /// The part within other ends.
    pub fn within(&self, from_m: f64, to_m: f64) -> Self {
        let from_m = from_m.clamp(self.from_m, self.to_m);
        let to_m = to_m.clamp(from_m, self.to_m);
        let u = from_m - self.from_m;
        Parabola { from_m, to_m, a: self.value(from_m), b: self.b + 2.0 * self.c * u, c: self.c }
    }

    /// The same seen from the other end, laid to begin at `from_m`.
    pub fn turned(&self, from_m: f64) -> Self {
        let u = self.to_m - self.from_m;
        Parabola {
            from_m,
            to_m: from_m + u,
            a: self.value(self.to_m),
            b: -(self.b + 2.0 * self.c * u),
            c: self.c,
        }
    }

    /// The same, laid to begin at `from_m`.
    pub fn moved(&self, from_m: f64) -> Self {
        Parabola { from_m, to_m: from_m + (self.to_m - self.from_m), ..*self }
    }

    /// The first of its greatest values, and where.
    pub fn greatest(&self) -> (f64, f64) {
        let top_m = if self.c < 0.0 { self.from_m - self.b / (2.0 * self.c) } else { self.from_m };
        [self.from_m, top_m.clamp(self.from_m, self.to_m), self.to_m]
            .map(|at_m| (at_m, self.value(at_m)))
            .into_iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .expect("there are three")
    }

    /// Where it is at least `least`, as intervals in order.
    pub fn at_least(&self, least: f64) -> Vec<(f64, f64)> {
        let mut cuts = vec![self.from_m];
        cuts.extend(self.crossings(least).into_iter().filter(|at| *at > self.from_m && *at < self.to_m));
        cuts.push(self.to_m);
        let intervals = cuts.windows(2).map(|ends| (ends[0], ends[1]));
        intervals.filter(|(from, to)| self.value(0.5 * (from + to)) >= least && to > from).collect()
    }

    /// Where it is `level`, ascending.
    fn crossings(&self, level: f64) -> Vec<f64> {
        let (a, b, c) = (self.a - level, self.b, self.c);
        let root = b * b - 4.0 * a * c;
        if root < 0.0 || (b == 0.0 && c == 0.0) {
            return Vec::new();
        }
        // The form that does not cancel.
        let q = -0.5 * (b + root.sqrt().copysign(b));
        let mut found: Vec<f64> = [q / c, a / q].iter().map(|u| self.from_m + u).collect();
        found.retain(|at_m| at_m.is_finite());
        found.sort_by(f64::total_cmp);
        found
    }
}

/// The sum of kernels over `0..length_m`, each 0.75 (1 - (x/h)^2) / h within its reach `h`: parabolas that
/// follow each other from end to end.
pub(super) fn profile(kernels: &[Kernel], length_m: f64, reach_m: f64) -> Vec<Parabola> {
    let top = 0.75 / reach_m;
    let bend = -top / (reach_m * reach_m);
    // Where kernels begin (1) and end (-1).
    let mut changes: Vec<(f64, f64, Kernel)> = Vec::with_capacity(2 * kernels.len());
    for &kernel in kernels {
        let (from_m, to_m) = (kernel.middle_m - reach_m, kernel.middle_m + reach_m);
        if from_m < length_m && to_m > 0.0 {
            changes.push((from_m.max(0.0), 1.0, kernel));
            if to_m < length_m {
                changes.push((to_m, -1.0, kernel));
            }
        }
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::new();
    let mut now = Parabola { from_m: 0.0, to_m: length_m, a: 0.0, b: 0.0, c: 0.0 };
    let mut open = 0_i64;
    for (at_m, sign, kernel) in changes {
        if at_m > now.from_m {
            found.push(Parabola { to_m: at_m, ..now });
            now = now.within(at_m, length_m);
        }
        let (u, weight) = (at_m - kernel.middle_m, sign * kernel.weight);
        now.a += weight * (top + bend * u * u);
        now.b += weight * 2.0 * bend * u;
        now.c += weight * bend;
        open += sign as i64;
        if open == 0 {
            // What rounding has left.
            (now.a, now.b, now.c) = (0.0, 0.0, 0.0);
        }
    }
    found.push(now);
    found
}
