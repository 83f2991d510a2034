package object

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"io"

	"github.com/klauspost/compress/zstd"
)

// unpacker undoes a compression, which it recognizes by the first bytes. It keeps
// its decoders for the next object.
type unpacker struct {
	gunzip gunzip
	zstd   *zstd.Decoder
}

var (
	zstdMagic  = []byte{0x28, 0xb5, 0x2f, 0xfd}
	bzip2Magic = []byte("BZh")
)

// zstdMemory bounds the window that a zstd stream may ask for. The highest level
// of the zstd command asks for 128 MiB, its default for 8.
const zstdMemory = 128 << 20

// open returns the text of the stream.
func (u *unpacker) open(in *bufio.Reader) (io.Reader, error) {
	head, err := in.Peek(len(zstdMagic))
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		if err := u.gunzip.reset(in); err != nil {
			return nil, err
		}
		return &u.gunzip, nil
	case bytes.HasPrefix(head, zstdMagic):
		if u.zstd == nil {
			u.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1),
				zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdMemory))
			if err != nil {
				return nil, err
			}
		}
		if err := u.zstd.Reset(in); err != nil {
			return nil, err
		}
		return u.zstd, nil
	case bytes.HasPrefix(head, bzip2Magic):
		return bzip2.NewReader(in), nil
	}
	return in, nil
}
