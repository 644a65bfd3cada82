/** Channel options of every gRPC end of ours: messages of any size, as the engine's own. */
export const unlimited = {
	"grpc.max_receive_message_length": -1,
	"grpc.max_send_message_length": -1,
} as const;
