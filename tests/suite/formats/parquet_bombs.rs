//! Small Parquet files that hold far more: cells kept once for many rows, rows of nothing but repetition.

use std::fs::File;
use std::process::Command;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use crate::program::Folder;

/// Writes so many rows with the same note of so many bytes.
fn write(folder: &Folder, name: &str, rows: usize, note_bytes: usize, encoding: Option<Encoding>) -> u64 {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_dictionary_page_size_limit(1 << 30)
        .set_max_row_group_row_count(Some(rows));
    if let Some(encoding) = encoding {
        let note = ColumnPath::from("note");
        properties = properties.set_column_dictionary_enabled(note.clone(), false);
        properties = properties.set_column_encoding(note, encoding);
    }
    // 20 MB of notes a batch at most, or one.
    let once = (20_000_000 / note_bytes).clamp(1, rows.min(10_000));
    let note = "x".repeat(note_bytes);
    let columns: [(&str, ArrayRef); 3] = [
        ("lon", Arc::new(Float64Array::from(vec![46.8; once]))),
        ("lat", Arc::new(Float64Array::from(vec![40.0; once]))),
        ("note", Arc::new(StringArray::from_iter_values(std::iter::repeat_n(&note, once)))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = File::create(folder.path(name)).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties.build())).unwrap();
    for _ in 0..rows / once {
        writer.write(&batch).unwrap();
    }
    writer.close().unwrap();
    folder.path(name).metadata().unwrap().len()
}

/// Annotates in 512 MB of addresses; gives the exit code and what was said.
#[cfg(target_os = "linux")]
fn annotate(folder: &Folder, name: &str, options: &str) -> (Option<i32>, String) {
    let program = env!("CARGO_BIN_EXE_patrol");
    let script = format!(
        "ulimit -v 524288; exec '{program}' annotate --posts posts.geojson --incidents {name} --output out.csv \
         --force {options}"
    );
    let run = Command::new("sh").args(["-c", &script]).current_dir(folder.path(".")).output().unwrap();
    (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_kept_once_for_many_rows_ends_with_a_sentence() {
    let folder = Folder::with_demonstration();
    for (name, rows, note_bytes, encoding) in [
        ("cells.parquet", 200_000, 100_000, None),
        ("large.parquet", 100, 20_000_000, None),
        ("beginnings.parquet", 20_000, 10_000, Some(Encoding::DELTA_BYTE_ARRAY)),
        ("rows.parquet", 6_000_000, 1, None),
    ] {
        let bytes = write(&folder, name, rows, note_bytes, encoding);
        assert!(bytes < 200_000, "{name}: {bytes}");
        let (code, said) = annotate(&folder, name, "");
        assert!(matches!(code, Some(2 | 3)), "{name}: {code:?} {said}");
        assert!(said.contains(name) && !said.contains("panicked"), "{name}: {said}");
        assert!(!folder.path("out.csv").exists(), "{name}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_unpacks_to_much_is_read_where_that_is_permitted() {
    let folder = Folder::with_demonstration();
    write(&folder, "wide.parquet", 2_000, 100_000, None);
    let (code, said) = annotate(&folder, "wide.parquet", "");
    assert!(code == Some(2) && said.contains("--most-inflated"), "{said}");
    let (code, said) = annotate(&folder, "wide.parquet", "--most-inflated 1GB");
    assert!(code == Some(0) && said.contains("read 2000"), "{code:?} {said}");
}
