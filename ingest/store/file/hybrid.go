package file

import "encoding/binary"

// hybrid decodes numbers of a width in bits, in runs of one number and in packs of
// eight, into all of out. It returns false if there are fewer, or if one is not below
// limit.
// https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
func hybrid(out []uint32, data []byte, width, limit int) bool {
	if width > 32 {
		return false
	}
	for len(out) > 0 {
		head, n := binary.Uvarint(data)
		if n <= 0 {
			return false
		}
		data = data[n:]
		var ok bool
		if head&1 == 0 {
			out, data, ok = run(out, data, head>>1, width, limit)
		} else {
			out, data, ok = packs(out, data, head>>1, width, limit)
		}
		if !ok {
			return false
		}
	}
	return true
}

// run decodes one number that repeats.
func run(out []uint32, data []byte, count uint64, width, limit int) (left []uint32, rest []byte, ok bool) {
	size := (width + 7) / 8
	if len(data) < size || count == 0 {
		return nil, nil, false
	}
	var value uint32
	for i := range size {
		value |= uint32(data[i]) << (8 * i)
	}
	if uint64(value) >= uint64(limit) {
		return nil, nil, false
	}
	n := min(count, uint64(len(out)))
	for i := range out[:n] {
		out[i] = value
	}
	return out[n:], data[size:], true
}

// packs decodes packs of eight numbers each. The last one may be longer than what is
// wanted.
func packs(out []uint32, data []byte, count uint64, width, limit int) (left []uint32, rest []byte, ok bool) {
	if count == 0 || width > 0 && count > uint64(len(data)/width) {
		return nil, nil, false
	}
	n := len(out)
	if count < uint64(n+7)/8 {
		n = int(count) * 8
	}
	var bits uint64 // that were read and not used
	have, next := 0, 0
	mask := uint64(1)<<width - 1
	for i := range out[:n] {
		for have < width {
			bits |= uint64(data[next]) << have
			next++
			have += 8
		}
		value := uint32(bits & mask)
		if uint64(value) >= uint64(limit) {
			return nil, nil, false
		}
		out[i] = value
		bits >>= width
		have -= width
	}
	if n == len(out) {
		return nil, nil, true
	}
	return out[n:], data[int(count)*width:], true
}
