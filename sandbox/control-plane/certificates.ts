import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
	BasicConstraintsExtension,
	cryptoProvider,
	ExtendedKeyUsage,
	ExtendedKeyUsageExtension,
	KeyUsageFlags,
	KeyUsagesExtension,
	PemConverter,
	SubjectAlternativeNameExtension,
	type X509Certificate,
	X509CertificateGenerator,
} from "@peculiar/x509";

cryptoProvider.set(webcrypto);

/** ECDSA on P-256: a pair is made in a millisecond. */
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A cluster of the sandbox lives for days; its certificates outlive it. */
const years = 10;

/** A private key and what proves it, as PEM. */
export interface KeyAndCertificate {
	readonly key: string;
	readonly certificate: string;
}

/** Who a certificate is for: a server by its names, or a client by its user and groups. */
export type Subject =
	| { readonly kind: "server"; readonly name: string; readonly addresses: readonly string[] }
	| { readonly kind: "client"; readonly user: string; readonly groups: readonly string[] };

/** The certificate authority of one cluster. */
export class CertificateAuthority {
	/** The authority's own pair; Kubernetes signs certificates of nodes with it. */
	readonly pair: KeyAndCertificate;
	private readonly certificate: X509Certificate;
	private readonly signingKey: webcrypto.CryptoKey;

	private constructor(certificate: X509Certificate, signingKey: webcrypto.CryptoKey, pair: KeyAndCertificate) {
		this.certificate = certificate;
		this.signingKey = signingKey;
		this.pair = pair;
	}

	/** Makes an authority of a name of its own. */
	static async create(name: string): Promise<CertificateAuthority> {
		const keys = await newKeys();
		const certificate = await X509CertificateGenerator.createSelfSigned({
			name: [{ CN: [name] }],
			keys,
			signingAlgorithm: algorithm,
			...validity(),
			extensions: [
				new BasicConstraintsExtension(true, 0, true),
				new KeyUsagesExtension(
					KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
					true,
				),
			],
		});
		return new CertificateAuthority(certificate, keys.privateKey, await pem(keys, certificate));
	}

	/** Makes a key and a certificate for it. */
	async issue(subject: Subject): Promise<KeyAndCertificate> {
		const keys = await newKeys();
		const isServer = subject.kind === "server";
		const certificate = await X509CertificateGenerator.create({
			subject: isServer
				? [{ CN: [subject.name] }]
				: [...subject.groups.map((group) => ({ O: [group] })), { CN: [subject.user] }],
			issuer: this.certificate.subject,
			publicKey: keys.publicKey,
			signingKey: this.signingKey,
			signingAlgorithm: algorithm,
			...validity(),
			extensions: [
				new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
				// etcd's server is a client of itself.
				new ExtendedKeyUsageExtension([
					...(isServer ? [ExtendedKeyUsage.serverAuth] : []),
					ExtendedKeyUsage.clientAuth,
				]),
				...(isServer ? [new SubjectAlternativeNameExtension(subject.addresses.map(alternativeName))] : []),
			],
		});
		return pem(keys, certificate);
	}
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
	return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

function validity(): { notBefore: Date; notAfter: Date } {
	const now = Date.now();
	// A minute of the past: clocks of two processes differ by rounding.
	return { notBefore: new Date(now - 60_000), notAfter: new Date(now + years * 365 * 86_400_000) };
}

function alternativeName(address: string): { type: "ip" | "dns"; value: string } {
	return { type: /^[\d.]+$/.test(address) ? "ip" : "dns", value: address };
}

async function pem(keys: webcrypto.CryptoKeyPair, certificate: X509Certificate): Promise<KeyAndCertificate> {
	const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
	return { key: `${PemConverter.encode(key, "PRIVATE KEY")}\n`, certificate: `${certificate.toString("pem")}\n` };
}
