"""Write the network as ONNX with weights of eight bits."""

import logging
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import nn

OPSET = 17
BOTH = {0: "posts", 1: "tokens"}
BITS, BLOCK = 8, 64
INSIDE_EIGHT = 4  # "accuracy level": what is computed with these weights has eight bits too


def write(network: nn.Module, path: Path) -> None:
    """Write the network; each 64 weights, and each 64 numbers that meet them, share a scale.

    With one scale for all numbers of a text, as dynamic quantisation has it, a few large ones leave
    the others coarse: answers moved by .65 (standard deviation, log-odds), with blocks by .08.
    """
    logging.getLogger("onnxruntime.quantization").setLevel(logging.WARNING)  # it tells of each node
    full, words = path.with_suffix(".float.onnx"), path.with_suffix(".words.onnx")
    write_full(network, full)
    quantize_dynamic(full, words, weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])
    blocks = MatMulNBitsQuantizer(
        onnx.load(words),
        bits=BITS,
        block_size=BLOCK,
        is_symmetric=True,
        accuracy_level=INSIDE_EIGHT,
    )
    blocks.process()
    onnx.save(blocks.model.model, path)
    full.unlink()
    words.unlink()


def write_full(network: nn.Module, path: Path) -> None:
    """Write the network as it is."""
    ids = torch.randint(5, 1000, (2, 16))
    torch.onnx.export(
        network.eval(),
        (ids, torch.ones_like(ids)),
        path,
        input_names=["ids", "mask"],
        output_names=["given"],
        dynamic_axes={"ids": BOTH, "mask": BOTH, "given": {0: "posts"}},
        opset_version=OPSET,
        dynamo=False,
    )
