package again

import (
	"encoding/binary"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// chunkSize is about how many bytes of records are compressed together. Records are
// much alike, so they become a tenth of that.
const chunkSize = 64 << 10

// codec compresses chunks. It is used by one goroutine at a time.
type codec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newCodec() (*codec, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(2*chunkSize), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, fmt.Errorf("preparing to compress records: %w", err)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, fmt.Errorf("preparing to decompress records: %w", err)
	}
	return &codec{encoder, decoder}, nil
}

func (c *codec) pack(chunk []byte) []byte { return c.encoder.EncodeAll(chunk, nil) }

// unpack returns the chunk, in the memory of buffer if it has room.
func (c *codec) unpack(packed, buffer []byte) ([]byte, error) {
	return c.decoder.DecodeAll(packed, buffer[:0])
}

// appendRecord appends a record with its key to a chunk.
func appendRecord(chunk []byte, key uint64, record []byte) []byte {
	chunk = binary.AppendUvarint(chunk, key)
	chunk = binary.AppendUvarint(chunk, uint64(len(record)))
	return append(chunk, record...)
}

// cutRecord returns the first record of a chunk that is not empty, with its key, and
// the rest of the chunk.
func cutRecord(chunk []byte) (key uint64, record, rest []byte) {
	key, n := binary.Uvarint(chunk)
	chunk = chunk[n:]
	size, n := binary.Uvarint(chunk)
	chunk = chunk[n:]
	return key, chunk[:size], chunk[size:]
}
