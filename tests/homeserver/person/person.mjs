// People on Matrix, each with matrix-js-sdk and its Rust crypto in memory. JSON lines: a request
// {id, person, act, …} is answered {id, result} or {id, error}; {} says that somebody has seen something new.
import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

// Standard output is for answers: the client's own words go nowhere.
for (const level of ["debug", "error", "info", "log", "trace", "warn"]) console[level] = () => {};

// The packages lie in the working directory, not beside this file.
const { resolve } = createRequire(`${process.cwd()}/`);
const load = (name) => import(pathToFileURL(resolve(name)));
const sdk = await load("matrix-js-sdk");
const { AllDevicesIsolationMode, OnlySignedDevicesIsolationMode } = await load("matrix-js-sdk/lib/crypto-api/index.js");

const ENCRYPTION = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
const FOR_EVERYBODY = { type: "m.room.history_visibility", state_key: "", content: { history_visibility: "world_readable" } };
const people = new Map();

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const news = () => tell({});
const safe = (base64) => base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

class Person {
    constructor(client) {
        this.client = client;
        this.events = new Map(); // room → every event, in the order of arrival, also those before a gap
    }

    // Events are kept here, because a gap empties the room's own timeline.
    arrived(event) {
        const room = event.getRoomId();
        if (!this.events.has(room)) this.events.set(room, []);
        const known = this.events.get(room);
        if (!known.includes(event)) known.push(event);
        news();
    }

    content(event) {
        const { "m.relates_to": _old, ...shown } = event.getContent();
        const relation = event.getOriginalContent()["m.relates_to"];
        return relation === undefined ? shown : { ...shown, "m.relates_to": relation };
    }

    seen(room, event) {
        const content = this.content(event);
        const relation = content["m.relates_to"] ?? {};
        const thread = relation.rel_type === "m.thread" ? relation.event_id : null;
        const reactions = this.events
            .get(room)
            .filter((one) => one.getType() === "m.reaction" && !one.isRedacted())
            .filter((one) => one.getContent()["m.relates_to"]?.event_id === event.getId())
            .map((one) => [one.getContent()["m.relates_to"].key, one.getSender()]);
        const message = event.getType() === "m.room.message";
        return {
            place: this.events.get(room).indexOf(event),
            event_id: event.getId(),
            sender: event.getSender(),
            kind: event.isDecryptionFailure() ? "undecryptable" : message ? (content.msgtype ?? "") : event.getType(),
            text: message ? (content.body ?? "") : "",
            thread,
            reply_to: relation.is_falling_back ? null : (relation["m.in_reply_to"]?.event_id ?? null),
            edited: event.replacingEvent() !== null,
            encrypted: event.isEncrypted(),
            reactions,
            content,
        };
    }

    // What the room shows: neither what was redacted, nor what changes other events.
    sees(room) {
        const aside = (event) =>
            event.isState() ||
            event.isRedacted() ||
            ["m.reaction", "m.room.redaction"].includes(event.getType()) ||
            event.isRelation("m.replace") ||
            ![null, sdk.EventStatus.SENT].includes(event.status);
        return (this.events.get(room) ?? []).filter((event) => !aside(event)).map((event) => this.seen(room, event));
    }
}

const acts = {
    async login({ person, url, user, password, only_signed, signs }) {
        const door = sdk.createClient({ baseUrl: url });
        const found = await door.loginRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user },
            password,
            initial_device_display_name: "A person's own client",
        });
        const client = sdk.createClient({
            baseUrl: url,
            userId: found.user_id,
            deviceId: found.device_id,
            accessToken: found.access_token,
            timelineSupport: true,
        });
        await client.initRustCrypto({ useIndexedDB: false });
        const crypto = client.getCrypto();
        crypto.setDeviceIsolationMode(
            only_signed ? new OnlySignedDevicesIsolationMode() : new AllDevicesIsolationMode(false),
        );
        const one = new Person(client);
        client.on(sdk.RoomEvent.Timeline, (event, _room, toStart) => toStart || one.arrived(event));
        for (const kind of [
            sdk.MatrixEventEvent.Decrypted,
            sdk.MatrixEventEvent.Replaced,
            sdk.RoomEvent.Redaction,
            sdk.RoomEvent.LocalEchoUpdated,
            sdk.RoomEvent.MyMembership,
            sdk.RoomMemberEvent.Membership,
            sdk.RoomMemberEvent.Typing,
            sdk.RoomEvent.Receipt,
        ])
            client.on(kind, news);
        people.set(person, one);
        await client.startClient({ initialSyncLimit: 100, lazyLoadMembers: false });
        await new Promise((done) =>
            client.on(sdk.ClientEvent.Sync, (state) => ["PREPARED", "SYNCING"].includes(state) && done()),
        );
        if (signs)
            await crypto.bootstrapCrossSigning({
                authUploadDeviceSigningKeys: (upload) =>
                    upload({
                        type: "m.login.password",
                        identifier: { type: "m.id.user", user: found.user_id },
                        password,
                    }),
            });
        return { device_id: found.device_id };
    },

    async create({ client }, { name, invite, direct, open, encrypted, state, levels }) {
        const { room_id } = await client.createRoom({
            // As Element does: whoever is invited to a direct chat has all rights in it.
            preset: open ? "public_chat" : direct ? "trusted_private_chat" : "private_chat",
            name: name ?? undefined,
            invite,
            is_direct: direct,
            initial_state: [...(encrypted ? [ENCRYPTION] : []), ...(open ? [FOR_EVERYBODY] : []), ...state],
            power_level_content_override: levels ?? undefined,
        });
        return room_id;
    },

    async join({ client }, { room }) {
        return (await client.joinRoom(room)).roomId;
    },

    async rooms({ client }) {
        return client.getRooms().map((room) => ({
            room_id: room.roomId,
            membership: room.getMyMembership(),
            by: room.currentState.getStateEvents("m.room.member", client.getUserId())?.getSender() ?? null,
        }));
    },

    async room({ client }, { room }) {
        const found = client.getRoom(room);
        const members = found.getJoinedMembers().map((member) => member.userId);
        const read = members.map((member) => [member, found.getEventReadUpTo(member, true)]); // no receipts of our own making
        return {
            members,
            encrypted: found.hasEncryptionStateEvent(),
            typing: found.currentState.getMembers().filter((member) => member.typing).map((member) => member.userId),
            read: Object.fromEntries(read.filter(([_, event]) => event !== null)),
        };
    },

    async sees(one, { room }) {
        return one.sees(room);
    },

    // Where an event stands among all, or how many there are; also of one that was redacted.
    async place({ events }, { room, event }) {
        const known = events.get(room) ?? [];
        return event === null ? known.length - 1 : known.findIndex((one) => one.getId() === event);
    },

    // Encrypted when the room is, as every event of this client.
    async send({ client }, { room, type, content }) {
        return (await client.sendEvent(room, null, type, content, randomUUID())).event_id;
    },

    async redact({ client }, { room, event }) {
        return (await client.redactEvent(room, event)).event_id;
    },

    async upload({ client }, { data, name, type }) {
        const plain = Buffer.from(data, "base64");
        const key = randomBytes(32);
        const iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)]);
        const cipher = createCipheriv("aes-256-ctr", key, iv);
        const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
        const { content_uri } = await client.uploadContent(sealed, {
            name: name ?? undefined,
            type: "application/octet-stream",
            includeFilename: false,
        });
        return {
            file: {
                v: "v2",
                url: content_uri,
                key: { kty: "oct", alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"], k: safe(key.toString("base64")) },
                iv: iv.toString("base64").replace(/=+$/, ""),
                hashes: { sha256: createHash("sha256").update(sealed).digest("base64").replace(/=+$/, "") },
            },
            info: { size: plain.length, mimetype: type },
        };
    },

    async download({ client }, { file }) {
        const address = client.mxcUrlToHttp(file.url, undefined, undefined, undefined, false, true, true);
        const answer = await fetch(address, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
        if (!answer.ok) throw new Error(`download: ${answer.status}`);
        const sealed = Buffer.from(await answer.arrayBuffer());
        const hash = createHash("sha256").update(sealed).digest("base64").replace(/=+$/, "");
        if (hash !== file.hashes.sha256.replace(/=+$/, "")) throw new Error("download: another hash");
        const cipher = createDecipheriv("aes-256-ctr", Buffer.from(file.key.k, "base64url"), Buffer.from(file.iv, "base64"));
        return Buffer.concat([cipher.update(sealed), cipher.final()]).toString("base64");
    },

    async devices({ client }, { user }) {
        const crypto = client.getCrypto();
        const found = (await crypto.getUserDeviceInfo([user], true)).get(user) ?? new Map();
        return Promise.all(
            [...found.keys()].map(async (device) => ({
                device_id: device,
                signed_by_owner: (await crypto.getDeviceVerificationStatus(user, device))?.signedByOwner ?? false,
            })),
        );
    },

    async request({ client }, { method, path, body }) {
        const answer = await fetch(`${client.baseUrl}${path}`, {
            method,
            headers: { Authorization: `Bearer ${client.getAccessToken()}` },
            body: body === null ? undefined : JSON.stringify(body),
        });
        return { status: answer.status, body: await answer.json() };
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { id, act, person, ...details } = JSON.parse(line);
    const work = act === "login" ? acts.login({ person, ...details }) : acts[act](people.get(person), details);
    work.then(
        (result) => tell({ id, result: result ?? null }),
        (error) => tell({ id, error: `${act}: ${error.message ?? error}` }),
    );
}
process.exit(0); // whoever asked is gone
