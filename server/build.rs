//! The site is part of the program: when it changed, so did the program.

fn main() {
    println!("cargo:rerun-if-changed=../frontend/dist");
}
