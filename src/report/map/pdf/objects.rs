//! The objects of a file besides its page: what streams refer to by name, each written once.

use std::collections::BTreeMap;

use pdf_writer::writers::Resources;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref};

use crate::Error;
use crate::io::zlib;

/// All that is written, and the names of what streams refer to.
pub(super) struct Objects {
    pdf: Pdf,
    last: i32,
    resources: Ref,
    /// Opacities of areas and lines, in parts of 10,000, and their names.
    opacities: BTreeMap<[u16; 2], Ref>,
    pictures: Vec<Ref>,
}

impl Default for Objects {
    fn default() -> Self {
        let resources = Ref::new(1);
        Objects { pdf: Pdf::new(), last: 1, resources, opacities: BTreeMap::new(), pictures: Vec::new() }
    }
}

/// The name of an object in streams.
pub(super) fn name(id: Ref) -> Vec<u8> {
    format!("X{}", id.get()).into_bytes()
}

impl Objects {
    pub fn next(&mut self) -> Ref {
        self.last += 1;
        Ref::new(self.last)
    }

    /// Writes a stream, packed.
    pub fn stream(&mut self, id: Ref, content: &[u8]) -> Result<(), Error> {
        let packed = zlib(content)?;
        self.pdf.stream(id, &packed).filter(Filter::FlateDecode);
        Ok(())
    }

    /// The state of drawing with opacities of areas and lines.
    pub fn opacity(&mut self, area: f32, line: f32) -> Ref {
        let key = [area, line].map(|part| (10_000.0 * part.clamp(0.0, 1.0)).round() as u16);
        if let Some(&id) = self.opacities.get(&key) {
            return id;
        }
        let id = self.next();
        let [area, line] = key.map(|part| f32::from(part) / 10_000.0);
        self.pdf.ext_graphics(id).non_stroking_alpha(area).stroking_alpha(line);
        self.opacities.insert(key, id);
        id
    }

    /// Content that is drawn as a whole, for its opacity.
    pub fn form(&mut self, content: &[u8], bounds: Rect) -> Result<Ref, Error> {
        let (id, resources) = (self.next(), self.resources);
        let packed = zlib(content)?;
        let mut form = self.pdf.form_xobject(id, &packed);
        form.filter(Filter::FlateDecode);
        form.bbox(bounds);
        form.group().transparency().isolated(true).color_space().device_rgb();
        form.pair(Name(b"Resources"), resources);
        form.finish();
        self.pictures.push(id);
        Ok(id)
    }

    /// A picture of 8 bits a part: its bytes as `filter` packs them, and how it covers.
    pub fn image(
        &mut self,
        [width, height]: [u32; 2],
        is_grey: bool,
        bytes: &[u8],
        filter: Filter,
        cover: Option<&[u8]>,
    ) -> Result<Ref, Error> {
        let [width, height] = [width, height].map(|side| i32::try_from(side).unwrap_or(i32::MAX));
        let mask = match cover {
            None => None,
            Some(cover) => {
                let id = self.next();
                let packed = zlib(cover)?;
                let mut mask = self.pdf.image_xobject(id, &packed);
                mask.filter(Filter::FlateDecode);
                mask.width(width).height(height).bits_per_component(8).color_space().device_gray();
                mask.finish();
                Some(id)
            }
        };
        let id = self.next();
        let mut image = self.pdf.image_xobject(id, bytes);
        image.filter(filter);
        image.width(width).height(height).bits_per_component(8);
        match is_grey {
            true => image.color_space().device_gray(),
            false => image.color_space().device_rgb(),
        }
        if let Some(mask) = mask {
            image.s_mask(mask);
        }
        image.finish();
        self.pictures.push(id);
        Ok(id)
    }

    /// The file so far, with the names of all that streams refer to.
    pub fn finish(mut self) -> (Pdf, Ref) {
        let mut resources = self.pdf.indirect(self.resources).start::<Resources<'_>>();
        let mut pictures = resources.x_objects();
        for &id in &self.pictures {
            pictures.pair(Name(&name(id)), id);
        }
        pictures.finish();
        let mut states = resources.ext_g_states();
        for &id in self.opacities.values() {
            states.pair(Name(&name(id)), id);
        }
        states.finish();
        resources.finish();
        (self.pdf, self.resources)
    }
}
