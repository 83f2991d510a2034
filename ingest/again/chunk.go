package again

import (
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// chunkSize is about how many bytes of records are compressed together. Records are
// much alike, so they become a tenth of that.
const chunkSize = 32 << 10

// encoder and decoder are shared, because each has memory of its own.
var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		return must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
			zstd.WithWindowSize(64<<10), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false)))
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		return must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true)))
	})
)

// must returns x. The options above have no errors.
func must[T any](x T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("options of zstd: %v", err))
	}
	return x
}

// pack compresses a chunk, in the memory of buffer if it has room.
func pack(chunk, buffer []byte) []byte { return encoder().EncodeAll(chunk, buffer[:0]) }

// unpack returns a chunk, in the memory of buffer if it has room.
func unpack(packed, buffer []byte) ([]byte, error) { return decoder().DecodeAll(packed, buffer[:0]) }

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
