// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchTree} from "../../receipts/BatchTree.sol";
import {CollectorReceipts} from "../../receipts/CollectorReceipts.sol";
import {IClaims} from "../../receipts/IClaims.sol";
import {IEditions} from "../../receipts/IEditions.sol";
import {TokenIds} from "../../receipts/TokenIds.sol";
import {ReferenceTree} from "./ReferenceTree.sol";
import {bound, vm} from "./Vm.sol";

/// @notice Plays an issuer, its publisher and its collectors at random, and keeps its own books.
contract ReceiptsHandler {
    uint24 public constant OPENED_SIZE = 60;
    uint32 private constant OBJECTION = 10 minutes;

    CollectorReceipts public immutable receipts = new CollectorReceipts();
    uint64 public immutable edition;

    IEditions.Batch[] private _batches;
    uint256 private _generation;
    uint256 public time = block.timestamp;
    uint256 public claimed;
    uint24 public smallestSize = OPENED_SIZE;
    mapping(uint256 tokenId => uint256) public mintsOf;
    mapping(uint256 tokenId => bool) public withdrawnUnclaimed;
    mapping(uint256 firstSerial => uint256) private _generationOf;

    constructor() {
        receipts.setPublisher(address(this));
        edition = receipts.openEdition(
            "work",
            "run",
            OPENED_SIZE,
            address(this),
            100,
            type(uint32).max,
            OBJECTION
        );
    }

    function anchor(uint256 count, uint256 beyond) external {
        (, uint24 size, uint24 anchored, , , , ) = receipts.editionOf(address(this), edition);
        count = bound(count, 1, 9);
        uint32 first = anchored + 1;
        ++_generation;
        (bytes32 root, ) = ReferenceTree.build(_leavesOf(first, uint32(count), _generation), 0);
        // One in eight tries another first serial; that and an overfull batch must be refused.
        if (beyond % 8 == 0) first += uint32(bound(beyond, 1, 3));
        bool valid = first == anchored + 1 && anchored + count <= size;
        uint256 firstTokenId = TokenIds.idOf(address(this), edition, first);
        try receipts.anchor(firstTokenId, uint32(count), root, 0, 0, 0) {
            require(valid, "an invalid batch was anchored");
            _batches.push(IEditions.Batch(first, uint32(count), root, uint64(block.timestamp), 0));
            _generationOf[first] = _generation;
        } catch {
            require(!valid, "a valid batch was refused");
        }
    }

    function voidLast() external {
        vm.assume(_batches.length != 0);
        IEditions.Batch memory batch = _batches[_batches.length - 1];
        bool inTime = block.timestamp < batch.time + OBJECTION;
        try receipts.voidLast(edition, batch) {
            require(inTime, "voided too late");
            _batches.pop();
            for (uint32 i = 0; i < batch.count; ++i) {
                uint256 tokenId = TokenIds.idOf(address(this), edition, batch.firstSerial + i);
                require(receipts.statusOf(tokenId) == 0, "a voided serial keeps a mark");
                withdrawnUnclaimed[tokenId] = false;
            }
        } catch {
            require(!inTime, "an objection in time was refused");
        }
    }

    function claim(uint256 which, uint256 place, uint256 recipientSeed) external {
        vm.assume(_batches.length != 0);
        IEditions.Batch memory batch = _batches[which % _batches.length];
        uint32 serial = batch.firstSerial + uint32(place % batch.count);
        IClaims.ClaimRequest memory request = _requestOf(batch, serial, recipientSeed);
        uint256 tokenId = TokenIds.idOf(address(this), edition, serial);
        bool valid =
            block.timestamp >= batch.time + OBJECTION &&
                mintsOf[tokenId] == 0 &&
                receipts.statusOf(tokenId) == 0;
        try receipts.claim(request) {
            require(valid, "an invalid claim was taken");
            ++mintsOf[tokenId];
            ++claimed;
        } catch {
            require(!valid, "a valid claim was refused");
        }
    }

    function revoke(uint256 serialSeed, uint256 reason) external {
        (, , uint24 anchored, , , , ) = receipts.editionOf(address(this), edition);
        vm.assume(anchored != 0 && serialSeed % 4 == 0);
        uint256[] memory ids = new uint256[](1);
        ids[0] = TokenIds.idOf(address(this), edition, uint32(1 + ((serialSeed / 4) % anchored)));
        receipts.revoke(ids, uint8(bound(reason, 1, 14)));
        if (mintsOf[ids[0]] == 0) withdrawnUnclaimed[ids[0]] = true;
    }

    function close(uint256 chance) external {
        vm.assume(chance % 16 == 0);
        receipts.closeEdition(edition);
        (, uint24 size, , , , , ) = receipts.editionOf(address(this), edition);
        require(size <= smallestSize, "the size went up");
        smallestSize = size;
    }

    function wait_(uint256 seconds_) external {
        time += bound(seconds_, 1, 15 minutes);
        vm.warp(time);
    }

    function _keyOf(uint32 serial, uint256 generation) private pure returns (uint256) {
        return uint256(keccak256(abi.encode("claim key", serial, generation))) >> 1;
    }

    function _leavesOf(
        uint32 first,
        uint32 count,
        uint256 generation
    ) private view returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint32 i = 0; i < count; ++i) {
            uint256 tokenId = TokenIds.idOf(address(this), edition, first + i);
            address claimKey = vm.addr(_keyOf(first + i, generation));
            leaves[i] = BatchTree.leafOf(tokenId, bytes32(generation), claimKey);
        }
    }

    function _requestOf(
        IEditions.Batch memory batch,
        uint32 serial,
        uint256 recipientSeed
    ) private view returns (IClaims.ClaimRequest memory request) {
        uint256 generation = _generationOf[batch.firstSerial];
        bytes32[] memory leaves = _leavesOf(batch.firstSerial, batch.count, generation);
        request.issuer = address(this);
        request.edition = edition;
        request.serial = serial;
        request.recipient = address(uint160(bound(recipientSeed, 1, 5)));
        request.deadline = type(uint64).max;
        request.certificateDigest = bytes32(generation);
        request.batch = batch;
        (, request.path) = ReferenceTree.build(leaves, serial - batch.firstSerial);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(serial, generation), _claimDigestOf(request));
        request.claimSignature = abi.encodePacked(r, s, v);
    }

    function _claimDigestOf(IClaims.ClaimRequest memory request) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Touchmark"),
                keccak256("1"),
                block.chainid,
                address(receipts)
            )
        );
        bytes32 typeHash = keccak256(
            "Claim(address issuer,uint64 edition,uint32 serial,address recipient,uint64 deadline)"
        );
        bytes32 structHash = keccak256(
            abi.encode(
                typeHash,
                request.issuer,
                request.edition,
                request.serial,
                request.recipient,
                request.deadline
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }
}
