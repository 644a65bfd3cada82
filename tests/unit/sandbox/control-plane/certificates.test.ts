import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type TLSSocket } from "node:tls";
import { CertificateAuthority, type KeyAndCertificate } from "../../../../sandbox/control-plane/certificates";

describe("CertificateAuthority", () => {
	let authority: CertificateAuthority;
	let server: KeyAndCertificate;
	let client: KeyAndCertificate;
	before(async () => {
		authority = await CertificateAuthority.create("research");
		server = await authority.issue({ kind: "server", name: "kube-apiserver", addresses: ["127.0.0.1", "localhost"] });
		client = await authority.issue({ kind: "client", user: "anna", groups: ["system:masters", "platform"] });
	});

	it("signs what it issues, and may sign", () => {
		const root = new X509Certificate(authority.pair.certificate);
		assert.equal(root.ca, true);
		for (const { certificate, key } of [server, client]) {
			const issued = new X509Certificate(certificate);
			assert.equal(issued.ca, false);
			assert.equal(issued.verify(root.publicKey), true);
			assert.equal(issued.checkPrivateKey(createPrivateKey(key)), true);
		}
	});

	it("names a server by its addresses, and a client by user and groups as Kubernetes reads them", () => {
		const { subjectAltName } = new X509Certificate(server.certificate);
		assert.match(subjectAltName ?? "", /IP Address:127\.0\.0\.1/);
		assert.match(subjectAltName ?? "", /DNS:localhost/);
		assert.equal(new X509Certificate(client.certificate).subject, "O=system:masters\nO=platform\nCN=anna");
	});

	it("gives pairs that two ends of a connection trust, and trusts no other authority", async () => {
		const stranger = await CertificateAuthority.create("research");
		const ca = authority.pair.certificate;
		const listener = createServer(
			{ key: server.key, cert: server.certificate, ca, requestCert: true, rejectUnauthorized: true },
			(socket: TLSSocket) => socket.end(String(socket.getPeerCertificate().subject.CN)),
		);
		listener.listen(0, "127.0.0.1");
		await once(listener, "listening");
		const address = listener.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		const given = { host: "127.0.0.1", port, key: client.key, cert: client.certificate };
		const trusted = connect({ ...given, ca });
		const [greeting] = await once(trusted, "data");
		assert.equal(String(greeting), "anna");
		const misled = connect({ ...given, ca: stranger.pair.certificate });
		const [refusal] = await once(misled, "error");
		assert.match(String(refusal), /unable to verify|self-signed|signature/i);
		listener.close();
	});

	it("outlives a cluster by years", () => {
		const { validTo } = new X509Certificate(server.certificate);
		assert.ok(Date.parse(validTo) - Date.now() > 5 * 365 * 86_400_000);
	});
});
