//! A Parquet file whose Arrow schema is damaged: a sentence, and no words of a library's panic before it.

use fastrand::Rng;

use crate::program::Folder;

/// Each of these run the program once.
const ROUNDS: u64 = 120;

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[test]
fn an_arrow_schema_of_any_bytes_is_read_or_told_in_a_sentence() {
    let folder = Folder::with_demonstration();
    let layers = "annotate --posts posts.geojson --routes routes.geojson";
    folder.run(&format!("{layers} --incidents incidents.geojson --output whole.parquet")).ok();
    let whole = std::fs::read(folder.path("whole.parquet")).unwrap();
    let key = b"ARROW:schema";
    let start = whole.windows(key.len()).position(|at| at == key).unwrap() + key.len();
    let text_start = start + whole[start..].windows(4).position(|at| at == b"////").unwrap();
    let is_base64 = |byte: &u8| BASE64.contains(byte) || *byte == b'=';
    let length = whole[text_start..].iter().take_while(|byte| is_base64(byte)).count();
    assert!(length > 500, "{length} bytes of a schema");
    let (mut refused, mut read) = (0, 0);
    for seed in 0..ROUNDS {
        let rng = &mut Rng::with_seed(seed);
        let mut damaged = whole.clone();
        for _ in 0..rng.usize(1..4) {
            damaged[text_start + rng.usize(..length)] = BASE64[rng.usize(..BASE64.len())];
        }
        folder.write("damaged.parquet", &damaged);
        let run = folder.run(&format!(
            "{layers} --incidents damaged.parquet --output - --output-format geojson --replace --quiet"
        ));
        assert!(!run.err.contains("panicked"), "seed {seed}: {}", run.err);
        match run.status {
            0 | 1 => read += 1,
            2 => {
                assert!(run.err.starts_with("patrol: ") && run.err.trim_end().lines().count() == 1);
                refused += 1;
            }
            other => panic!("seed {seed} ended with {other}: {}", run.err),
        }
    }
    assert!(refused > ROUNDS / 4 && read > 0, "{refused} refused, {read} read");
}
