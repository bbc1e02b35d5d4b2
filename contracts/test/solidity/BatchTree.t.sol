// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchTree} from "../../receipts/BatchTree.sol";
import {ReferenceTree} from "./ReferenceTree.sol";
import {TreeHarness} from "./TreeHarness.sol";
import {bound, vm} from "./Vm.sol";

contract BatchTreeTest {
    uint256 private constant MOST_LEAVES = 70;

    TreeHarness private immutable _tree = new TreeHarness();

    function testFuzz_every_leaf_is_included_at_its_place(
        uint256 seed,
        uint256 count,
        uint256 index
    ) public view {
        count = bound(count, 1, MOST_LEAVES);
        index = bound(index, 0, count - 1);
        bytes32[] memory leaves = ReferenceTree.seeded(seed, count);
        (bytes32 root, bytes32[] memory path) = ReferenceTree.build(leaves, index);
        require(_tree.includes(root, count, index, leaves[index], path), "a true place is refused");
    }

    function testFuzz_no_leaf_is_included_at_another_place(
        uint256 seed,
        uint256 count,
        uint256 index,
        uint256 claimed
    ) public view {
        count = bound(count, 1, MOST_LEAVES);
        index = bound(index, 0, count - 1);
        vm.assume(claimed != index);
        bytes32[] memory leaves = ReferenceTree.seeded(seed, count);
        (bytes32 root, bytes32[] memory path) = ReferenceTree.build(leaves, index);
        require(!_tree.includes(root, count, claimed, leaves[index], path), "another place is accepted");
        require(
            !_tree.includes(root, count, claimed % 128, leaves[index], path) || claimed % 128 == index,
            "near"
        );
    }

    function testFuzz_no_padding_place_of_an_overfull_batch_is_included(
        uint256 seed,
        uint256 count,
        uint256 index
    ) public view {
        count = bound(count, 1, MOST_LEAVES);
        uint256 width = ReferenceTree.widthOf(count);
        vm.assume(width > count);
        index = bound(index, count, width - 1);
        (bytes32 root, bytes32[] memory path) = ReferenceTree.build(ReferenceTree.seeded(seed, count), index);
        require(!_tree.includes(root, count, index, bytes32(0), path), "padding is accepted");
        // The same proof is sound for a full batch, so it is the count that refuses it.
        require(_tree.includes(root, width, index, bytes32(0), path), "the proof itself is wrong");
    }

    function testFuzz_no_path_of_a_wrong_length_is_accepted(
        uint256 seed,
        uint256 count,
        uint256 length,
        bytes32 filler
    ) public view {
        count = bound(count, 1, MOST_LEAVES);
        length = bound(length, 0, 12);
        bytes32[] memory leaves = ReferenceTree.seeded(seed, count);
        (bytes32 root, bytes32[] memory path) = ReferenceTree.build(leaves, 0);
        vm.assume(length != path.length);
        bytes32[] memory other = new bytes32[](length);
        for (uint256 i = 0; i < length; ++i) other[i] = i < path.length ? path[i] : filler;
        require(!_tree.includes(root, count, 0, leaves[0], other), "a wrong length is accepted");
    }

    function testFuzz_no_inner_node_passes_for_a_leaf(
        uint256 seed,
        uint256 count,
        uint256 index
    ) public view {
        count = bound(count, 2, MOST_LEAVES);
        index = bound(index, 0, count - 1);
        bytes32[] memory leaves = ReferenceTree.seeded(seed, count);
        (bytes32 root, bytes32[] memory path) = ReferenceTree.build(leaves, index);
        bytes32 node =
            index % 2 == 0
                ? ReferenceTree.nodeOf(leaves[index], path[0])
                : ReferenceTree.nodeOf(path[0], leaves[index]);
        bytes32[] memory upper = new bytes32[](path.length - 1);
        for (uint256 i = 0; i < upper.length; ++i) upper[i] = path[i + 1];
        require(
            !_tree.includes(root, count, index / 2, node, upper),
            "a node with the upper path is accepted"
        );
        require(
            !_tree.includes(root, count, index / 2, node, path),
            "a node with the whole path is accepted"
        );
        // With the count of the upper tree the node would be a place: only the stored count tells them apart.
        uint256 upperCount = (count + 1) / 2;
        require(_tree.includes(root, upperCount, index / 2, node, upper), "the node itself is wrong");
    }

    function testFuzz_no_changed_sibling_or_leaf_is_accepted(
        uint256 seed,
        uint256 count,
        uint256 height,
        uint256 bit
    ) public view {
        count = bound(count, 2, MOST_LEAVES);
        bytes32[] memory leaves = ReferenceTree.seeded(seed, count);
        (bytes32 root, bytes32[] memory path) = ReferenceTree.build(leaves, count - 1);
        bytes32 flip = bytes32(uint256(1) << (bit % 256));
        require(!_tree.includes(root, count, count - 1, leaves[count - 1] ^ flip, path), "a changed leaf");
        path[height % path.length] ^= flip;
        require(!_tree.includes(root, count, count - 1, leaves[count - 1], path), "a changed sibling");
    }

    function testFuzz_hashes_are_those_of_the_format(
        bytes32 left,
        bytes32 right,
        uint256 tokenId,
        address claimKey
    ) public view {
        bytes32[] memory path = new bytes32[](1);
        path[0] = right;
        (bytes32 onTheLeft, bool kept) = _tree.rootOf(0, left, path);
        require(onTheLeft == ReferenceTree.nodeOf(left, right), "a node from its left side");
        (bytes32 onTheRight, ) = _tree.rootOf(1, left, path);
        require(onTheRight == ReferenceTree.nodeOf(right, left), "a node from its right side");
        require(kept, "the free memory pointer moved");
        bytes memory packed = abi.encodePacked(bytes1(0x00), tokenId, left, claimKey);
        require(
            packed.length == 85,
            "a leaf is 1 + 32 + 32 + 20 bytes, a node 65: neither passes for the other"
        );
        require(BatchTree.leafOf(tokenId, left, claimKey) == keccak256(packed), "leaf");
    }

    function testFuzz_only_the_rounded_up_logarithm_is_the_depth(uint256 count, uint256 length) public pure {
        count = bound(count, 0, 2_000_000);
        length = bound(length, 0, 40);
        uint256 depth = 0;
        while (2 ** depth < count) ++depth;
        require(BatchTree.isDepthOf(length, count) == (length == depth && count != 0), "depth");
    }
}
