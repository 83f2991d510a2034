package rows

import "trail403/ingest/event"

// credentials and call are the two parts of what conditions compare, as numbers: see
// [event.Context]. They are apart because each of few ways to call comes with each
// caller. When a session started differs from one to the next, so it is in the row.
type credentials struct {
	text                               [8]uint32
	roleNamed, hasSession, fromConsole bool
}

type call struct {
	text                                [12]uint32
	encrypted, hasParameters, hasPrefix bool
}

// textsOfCredentials and textsOfCall list the strings, so that they are written down
// once for both directions.
func textsOfCredentials(c *event.Credentials) [8]*string {
	return [...]*string{
		&c.UniqueID, &c.UserName, &c.FederatedUser, &c.InvokedBy, &c.MFA, &c.SourceIdentity, &c.Provider, &c.RoleDelivery,
	}
}

// The places of two of them, which are read for every row.
const (
	placeOfDelivery       = 7
	placeOfAuthentication = 1
)

func textsOfCall(c *event.Call) [12]*string {
	return [...]*string{
		&c.TLSVersion, &c.AuthenticationType, &c.SignatureVersion, &c.ACL, &c.Encryption, &c.EncryptionKey,
		&c.StorageClass, &c.CopySource, &c.VersionID, &c.Delimiter, &c.MaxKeys, &c.Prefix,
	}
}
